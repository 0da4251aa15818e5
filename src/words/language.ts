/** The languages we speak, and which of them somebody speaks. */

/** The languages we speak to people. */
export type Language = "pt-BR" | "en" | "es";

/** In whose words a notice is said. */
export interface Wording {
  /** Absent: in the desk's. */
  language?: Language;
}

/**
 * The language that answers a person's own action; `undefined`: we do not speak theirs.
 * @param code the IETF tag of an update's user (Bot API, User.language_code)
 */
export function spokenLanguage(code: string | undefined): Language | undefined {
  const primary = code?.toLowerCase().split("-")[0];
  if (primary === "pt") return "pt-BR";
  return primary === "en" || primary === "es" ? primary : undefined;
}
