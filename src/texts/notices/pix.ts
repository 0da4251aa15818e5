/** What is said about payments by Pix: to the team, and below the picture that a customer gets. */
import type { AmountProblem } from "../../pix/amount.ts";

/** A sentence by name, with what it has to tell. */
export type PixNotice =
  /** To who asks for a payment before the desk has said whom it goes to. */
  | { text: "pix-how" }
  /** To who asks for one that cannot be made. */
  | { text: "pix-problem"; problem: PixProblem }
  /** Below the picture: who gets how much; without an amount, the payer chooses. */
  | { text: "pix-details"; name: string; cents?: number }
  /** Above the code itself. */
  | { text: "pix-code" }
  /** On the button that copies the code. */
  | { text: "pix-copy" };

/** Why a payment cannot be asked for. */
export type PixProblem =
  | { because: AmountProblem }
  /** The words have so many characters more than fit below a picture. */
  | { because: "long text"; excess: number };
