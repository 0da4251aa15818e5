import { tellStories } from "./stories.ts";

tellStories(76, 150);
