import { assert, assertEquals } from "@std/assert";
import { whichDeskKeyboard } from "../../src/buttons/which_desk.ts";
import { type Button, readButton } from "../../src/buttons/button.ts";
import { writeFailedAction } from "../../src/buttons/failed.ts";
import { joinKeyboard, writeJoinAction } from "../../src/buttons/joining.ts";
import {
  banKeyboard,
  offeredKeyboard,
  panelKeyboard,
  priorityKeyboard,
  ratingKeyboard,
  writePanelAction,
} from "../../src/buttons/panel.ts";
import { cancelLaterKeyboard, putOffKeyboard, writeLaterAction } from "../../src/buttons/later.ts";
import { eraseKeyboard, privacyKeyboard, writePrivacyAction } from "../../src/buttons/privacy.ts";
import { writeMenuAction } from "../../src/buttons/menu.ts";
import { moreHelpKeyboard } from "../../src/buttons/help.ts";
import { replaceKeyboard, writeReplyAction } from "../../src/buttons/replies.ts";
import { silenceKeyboard } from "../../src/buttons/silence.ts";
import { checklistKeyboard, writeSetupAction } from "../../src/buttons/setup.ts";
import { TEXTS } from "../../src/texts/texts.ts";

const ID = "0123456789abcdef";

/** What buttons in chats carry, to the letter: it is never changed, for nobody presses it anew. */
const CARRIED: [data: string, button: Button][] = [
  ["panel close 42", { kind: "panel", action: { does: "close", customerId: 42 } }],
  ["panel assign 42", { kind: "panel", action: { does: "assign", customerId: 42 } }],
  ["panel ask-priority 42", { kind: "panel", action: { does: "ask-priority", customerId: 42 } }],
  ["panel ask-later 42", { kind: "panel", action: { does: "ask-later", customerId: 42 } }],
  ["later cancel 42 9007199254740991", {
    kind: "later",
    action: { does: "cancel", customerId: 42, messageId: 9_007_199_254_740_991 },
  }],
  ["later put-off 42 1h", {
    kind: "later",
    action: { does: "put-off", customerId: 42, when: "1h" },
  }],
  ["later put-off 42 monday", {
    kind: "later",
    action: { does: "put-off", customerId: 42, when: "monday" },
  }],
  ["menu -1009007199254740 r 0123456789abcdef", {
    kind: "menu",
    action: { deskId: -1_009_007_199_254_740, target: { replyId: ID } },
  }],
  ["menu -1001234567890 d -1009876543210", {
    kind: "menu",
    action: { deskId: -1_001_234_567_890, target: { deskId: -1_009_876_543_210 } },
  }],
  ["menu -1001234567890 d -1009876543210 2", {
    kind: "menu",
    action: { deskId: -1_001_234_567_890, target: { deskId: -1_009_876_543_210, nth: 2 } },
  }],
  ["panel transfer 42 -1001234567890", {
    kind: "panel",
    action: { does: "transfer", customerId: 42, deskId: -1_001_234_567_890 },
  }],
  ["panel ask-ban 42", { kind: "panel", action: { does: "ask-ban", customerId: 42 } }],
  ["panel help 42", { kind: "panel", action: { does: "help", customerId: 42 } }],
  ["panel ban 42", { kind: "panel", action: { does: "ban", customerId: 42 } }],
  ["panel cancel 42", { kind: "panel", action: { does: "cancel", customerId: 42 } }],
  [
    "panel priority 9007199254740991 5",
    { kind: "panel", action: { does: "priority", customerId: 9_007_199_254_740_991, priority: 5 } },
  ],
  [`panel reply 42 ${ID}`, {
    kind: "panel",
    action: { does: "reply", customerId: 42, replyId: ID },
  }],
  [`panel reply 9007199254740991 ${ID} 2147483647`, {
    kind: "panel",
    action: {
      does: "reply",
      customerId: 9_007_199_254_740_991,
      replyId: ID,
      answerTo: 2_147_483_647,
    },
  }],
  ["help thread", { kind: "help", where: "thread" }],
  ["help private", { kind: "help", where: "private" }],
  ["privacy show", { kind: "privacy", action: { does: "show" } }],
  ["privacy ask-erase", { kind: "privacy", action: { does: "ask-erase" } }],
  ["privacy erase 1999999999999", {
    kind: "privacy",
    action: { does: "erase", sinceMs: 1_999_999_999_999 },
  }],
  ["privacy cancel 0", { kind: "privacy", action: { does: "cancel", sinceMs: 0 } }],
  ["rate 1", { kind: "rating", stars: 1 }],
  ["rate 5", { kind: "rating", stars: 5 }],
  ["failed retry all", { kind: "failed", action: { does: "retry", which: "all" } }],
  ["failed dismiss 42 c 999999999 0.3333333333333333", {
    kind: "failed",
    action: {
      does: "dismiss",
      which: {
        customerId: 42,
        direction: "to-customer",
        order: { arrival: 999_999_999, n: 1 / 3 },
      },
    },
  }],
  ["failed retry 42 t 7 0", {
    kind: "failed",
    action: {
      does: "retry",
      which: { customerId: 42, direction: "to-team", order: { arrival: 7, n: 0 } },
    },
  }],
  ["failed retry 0 d 7 1", {
    kind: "failed",
    action: {
      does: "retry",
      which: { customerId: 0, direction: "to-desk", order: { arrival: 7, n: 1 } },
    },
  }],
  ["reply page 16 chave pix", {
    kind: "replies",
    action: { does: "page", offset: 16, words: "chave pix" },
  }],
  ["reply page 0 ", { kind: "replies", action: { does: "page", offset: 0, words: "" } }],
  [`reply show ${ID}`, { kind: "replies", action: { does: "show", id: ID } }],
  [`reply rename ${ID}`, { kind: "replies", action: { does: "rename", id: ID } }],
  [`reply del ${ID} 8 pix`, {
    kind: "replies",
    action: { does: "delete", id: ID, offset: 8, words: "pix" },
  }],
  [`reply put ${ID}${ID}`, { kind: "replies", action: { does: "replace", draftId: ID + ID } }],
  ["silence help 1924992000000", {
    kind: "silence",
    action: { does: "help", sinceMs: 1924992000000 },
  }],
  ["silence solved 1924992000000", {
    kind: "silence",
    action: { does: "solved", sinceMs: 1924992000000 },
  }],
  ["join let-in 42", { kind: "join", action: { does: "let-in", userId: 42 } }],
  ["join decline 4503599627370496", {
    kind: "join",
    action: { does: "decline", userId: 4_503_599_627_370_496 },
  }],
  ["setup check", { kind: "setup", action: { does: "check" } }],
  ["setup walk", { kind: "setup", action: { does: "walk" } }],
  ["setup move -1001234567890", {
    kind: "setup",
    action: { does: "move", channelId: -1001234567890 },
  }],
  ["setup move -1001234567890 -1009876543210", {
    kind: "setup",
    action: { does: "move", channelId: -1001234567890, deskId: -1009876543210 },
  }],
  ["setup check -1001234567890", {
    kind: "setup",
    action: { does: "check", deskId: -1001234567890 },
  }],
  ["setup open -1001234567890", {
    kind: "setup",
    action: { does: "open", channelId: -1001234567890 },
  }],
  ["setup remove -1001234567890", {
    kind: "setup",
    action: { does: "remove", deskId: -1001234567890 },
  }],
  ["setup add", { kind: "setup", action: { does: "add" } }],
  ["which -1001234567890 42", {
    kind: "which-desk",
    action: { deskId: -1001234567890, command: 42 },
  }],
];

/** What is none of ours, however much it looks like it. */
const FOREIGN = [
  ...[
    "",
    " ",
    "💥",
    "x".repeat(64),
    "panel",
    "Panel close 42",
    " panel close 42",
    "else retry all",
  ],
  ...["panel close", "panel close -1", "panel close 0", "panel close 42 3", "panel open 42"],
  ...["panel priority 42", "panel priority 42 6", "panel close 99999999999999999999"],
  ...["panel reply 42", `panel reply 42 ${ID} 0`, `panel reply 42 ${ID} x`, "help", "help me"],
  ...["privacy", "privacy erase", "privacy show 1", "privacy erase x", "privacy ban 1"],
  ...["rate", "rate 0", "rate 6", "rate 5 ", "failed", "failed drop all", "failed retry 1 t 2"],
  ...["failed retry x t 2 3", "failed retry 1 q 2 3", "failed retry 1 t 2 3 4"],
  ...["later", "later cancel 42", "later cancel 42 0", "later cancel x 3", "later put-off 42 2h"],
  ...["later put-off 42 toString", "later send 42 3", "later put-off 42 1h 3"],
  ...["menu", `menu 5 r ${ID}`, "menu -5 d 5", "menu -5 r 12", "menu -5", `menu -5 r ${ID} 1`],
  ...["menu -5 d -6 0", "menu -5 d -6 x", "menu -5 d -6 12"],
  ...["reply", "reply page x pix", "reply show 12", `reply put ${ID}`, `reply drop ${ID}`],
  ...["silence", "silence help", "silence solved x", "silence end 1", "silence help 1 2"],
  ...["join", "join let-in", "join let-in 0", "join let-in x", "join ban 42", "join decline 4 2"],
  ...["setup", "setup move", "setup move 42", "setup move -1001 2", "setup checks"],
  ...["setup open", "setup add -1001234567890", "setup remove", "setup show 42", "which 42 1"],
  ...["which", "which -1001234567890", "which -1001234567890 0", "setup check -1001 -1002"],
];

/** What a button carries. */
function written(button: Button): string {
  switch (button.kind) {
    case "panel":
      return writePanelAction(button.action);
    case "help":
      return dataOf(moreHelpKeyboard(button.where, TEXTS.en))[0]!;
    case "privacy":
      return writePrivacyAction(button.action);
    case "later":
      return writeLaterAction(button.action);
    case "rating":
      return dataOf(ratingKeyboard())[button.stars - 1]!;
    case "failed":
      return writeFailedAction(button.action);
    case "replies":
      return writeReplyAction(button.action);
    case "silence": {
      const { does, sinceMs } = button.action;
      return dataOf(silenceKeyboard(sinceMs, TEXTS.en))[does === "help" ? 0 : 1]!;
    }
    case "join":
      return writeJoinAction(button.action);
    case "menu":
      return writeMenuAction(button.action);
    case "which-desk": {
      const { deskId, command } = button.action;
      return dataOf(whichDeskKeyboard([{ deskId, name: "x" }], command))[0]!;
    }
    case "setup":
      return writeSetupAction(button.action);
  }
}

/** All that a keyboard's buttons carry. */
function dataOf({ inline_keyboard }: ReturnType<typeof ratingKeyboard>): string[] {
  return inline_keyboard.flat().flatMap((button) =>
    "callback_data" in button ? [button.callback_data] : []
  );
}

Deno.test("a button that stands in a chat is read as what it was when it was put there", () => {
  for (const [data, button] of CARRIED) assertEquals(readButton(data), button, data);
});

Deno.test("what no button of ours carries is none", () => {
  for (const data of FOREIGN) assertEquals(readButton(data), null, data);
});

Deno.test("every button the bot shows is one it knows again", () => {
  const texts = TEXTS.en;
  const kinds = new Map<Button["kind"], string[]>([
    [
      "panel",
      [
        panelKeyboard(42, texts),
        priorityKeyboard(42),
        banKeyboard(42, texts),
        offeredKeyboard(42, { offered: [{ id: ID, title: "Prazo" }], answerTo: 7 }),
      ].flatMap(dataOf),
    ],
    [
      "later",
      [
        putOffKeyboard(42, texts),
        cancelLaterKeyboard({ customerId: 42, messageId: 7 }, texts),
      ].flatMap(dataOf),
    ],
    ["help", dataOf(moreHelpKeyboard("group", texts))],
    ["privacy", [privacyKeyboard(texts), eraseKeyboard(1, texts)].flatMap(dataOf)],
    ["rating", dataOf(ratingKeyboard())],
    ["replies", dataOf(replaceKeyboard(ID + ID, texts))],
    ["silence", dataOf(silenceKeyboard(1, texts))],
    ["join", dataOf(joinKeyboard(42, texts))],
    ["setup", dataOf(checklistKeyboard([], { botUsername: "balcao_bot", texts }))],
  ]);
  for (const [kind, carried] of kinds) {
    assert(carried.length > 0, kind);
    for (const data of carried) assertEquals(readButton(data)?.kind, kind, data);
  }
});

Deno.test("what a button asks for is written as it is read, in the 64 bytes Telegram allows", () => {
  for (const [data, button] of CARRIED) {
    assertEquals(written(button), data);
    assert(new TextEncoder().encode(data).length <= 64, data);
  }
});
