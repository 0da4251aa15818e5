/**
 * The menu under the welcome: what customers can have answered before anybody of the team is there,
 * and which desk they can choose.
 */
import { fold } from "../words/fold.ts";
import { inUsualSigns } from "../words/typed.ts";

/** One button of the menu. */
export type MenuEntry =
  & {
    label: string;
    /** What it leads to is no more, and that was told: once is enough. */
    isMissed?: true;
  }
  & (
    /** Sends a canned reply, by its ID; it is called as the reply was when the menu was set. */
    | { replyId: string }
    /**
     * Chooses a desk, by its channel's ID; `nth`: which of several that choose this desk it is, absent
     * the first.
     */
    | { deskId: number; nth?: number }
  );

/** The most buttons there are, and the longest words on one. */
export const MOST_ENTRIES = 8;
export const LONGEST_LABEL = 64;

/** A part of what is written, between semicolons: all of it, and in two, if there is an arrow. */
export interface WrittenEntry {
  whole: string;
  leads?: { label: string; desk: string };
}

/** What is wrong with a menu. */
export type MenuProblem =
  | { because: "many"; count: number; most: number }
  | { because: "long"; label: string; length: number; most: number }
  /** An arrow has nothing before it. */
  | { because: "no label"; desk: string }
  | { because: "no reply"; title: string }
  | { because: "no desk"; name: string };

const ARROW = /^([^]*?)\s*(?:->|=>|→|>|＞)\s*([^\s>][^>]*)$/u;

/** Takes apart what is written as a menu, in its order; what is written twice counts once. */
export function readMenu(
  text: string,
): { entries: WrittenEntry[]; problem?: undefined } | {
  entries?: undefined;
  problem: MenuProblem;
} {
  const parts = text.split(/[;\n；]/u).map((part) => part.replace(/\s+/gu, " ").trim())
    .filter((part) => part !== "");
  const wholes = [...new Set(parts)];
  if (wholes.length > MOST_ENTRIES) {
    return { problem: { because: "many", count: wholes.length, most: MOST_ENTRIES } };
  }
  const entries: WrittenEntry[] = [];
  for (const whole of wholes) {
    const [, label, desk] = ARROW.exec(whole) ?? [];
    if (label === undefined || desk === undefined) {
      entries.push({ whole });
      continue;
    }
    const length = [...label].length;
    if (length === 0) return { problem: { because: "no label", desk } };
    if (length > LONGEST_LABEL) {
      return { problem: { because: "long", label, length, most: LONGEST_LABEL } };
    }
    entries.push({ whole, leads: { label, desk: inUsualSigns(desk) } });
  }
  return { entries };
}

/** The entries, each once: what is written twice, in whatever letters, is one button. */
export function toldApart(entries: readonly MenuEntry[]): MenuEntry[] {
  const menu: MenuEntry[] = [];
  for (const entry of entries) {
    if ("replyId" in entry) {
      if (!menu.some((each) => keyOfEntry(each) === entry.replyId)) menu.push(entry);
      continue;
    }
    const { label, deskId } = entry;
    const same = menu.filter((each) => "deskId" in each && each.deskId === deskId);
    if (same.some((each) => fold(each.label) === fold(label))) continue;
    menu.push(same.length === 0 ? { label, deskId } : { label, deskId, nth: same.length });
  }
  return menu;
}

/** Which of two buttons is which, whatever they are called. */
export function keyOfEntry(entry: MenuTarget): string {
  if ("replyId" in entry) return entry.replyId;
  const { deskId, nth } = entry;
  return nth === undefined ? String(deskId) : `${deskId} ${nth}`;
}

/** What a button leads to. */
export type MenuTarget = { replyId: string } | { deskId: number; nth?: number };
