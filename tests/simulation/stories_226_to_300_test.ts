import { tellStories } from "./stories.ts";

tellStories(226, 300);
