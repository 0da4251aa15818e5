/** The link by which agents ask to join a desk's channel. */
import type { Language } from "../words/language.ts";

/** The link as it was made. */
export interface Invite {
  link: string;
  /** That of who made it: they are told in it of who asks. */
  language: Language;
}
