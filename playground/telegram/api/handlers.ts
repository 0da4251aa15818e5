/** Which function answers which method. */
import type { Opts } from "grammy/types";
import type { MethodName } from "../methods.ts";
import * as account from "./account.ts";
import * as answers from "./answers.ts";
import * as chats from "./chats.ts";
import * as copy from "./copy.ts";
import * as edit from "./edit.ts";
import type { Execution } from "./execution.ts";
import * as invites from "./invites.ts";
import * as media from "./media.ts";
import * as members from "./members.ts";
import * as menus from "./menus.ts";
import * as pins from "./pins.ts";
import * as profile from "./profile.ts";
import * as texts from "./texts.ts";

/** Answers a call whose parameters fit the table of methods; refusals are thrown. */
export type Handler = (call: Execution, args: Record<string, unknown>) => unknown;

type Handlers = { [M in MethodName]: (call: Execution, args: NonNullable<Opts<M>>) => unknown };

const handlers: Handlers = {
  ...account,
  ...answers,
  ...chats,
  ...copy,
  ...edit,
  ...invites,
  ...media,
  ...members,
  ...menus,
  ...pins,
  ...profile,
  ...texts,
};

/** The function that answers a method. */
export function handlerOf(method: MethodName): Handler {
  return handlers[method] as Handler;
}
