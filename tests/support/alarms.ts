/** What the owner of a desk is told of its trouble. */
import { type TestDesk, textsOf } from "./desk.ts";

/** That it begins, and that it is over. */
export function alarmsOf(desk: TestDesk): string[] {
  return textsOf(desk.toldTo(desk.boss))
    .filter((text) => /^(⚠️ O atendimento está parado|✅ O atendimento voltou)/.test(text));
}
