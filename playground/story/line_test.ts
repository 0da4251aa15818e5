import { assertEquals } from "@std/assert";
import { ATTACHMENTS, type Deed, DESK_LANGUAGES, FAULTS, FORWARDS, type Speaker } from "./deed.ts";
import { lineOf, parseLine, settingLine } from "./line.ts";

const MARIA: Speaker = { in: "private", name: "maria" };
const ANA: Speaker = { in: "thread", name: "ana", customer: "maria" };

Deno.test("what people type is understood", () => {
  assertEquals(parseLine("maria: hello"), { does: "write", who: MARIA, text: "hello" });
  assertEquals(parseLine("  joão re 12 : a: b "), {
    does: "write",
    who: { in: "private", name: "joão" },
    answers: 12,
    text: "a: b",
  });
  assertEquals(parseLine("agent ana > maria re 3: yes"), {
    does: "write",
    who: ANA,
    answers: 3,
    text: "yes",
  });
  assertEquals(parseLine("agent ana presses 7: Close"), {
    does: "press",
    who: { in: "thread", name: "ana", customer: "" },
    message: 7,
    button: "Close",
  });
  assertEquals(parseLine("maria blocks"), { does: "block", name: "maria" });
  assertEquals(parseLine("wait 2 h"), { does: "wait", ms: 7_200_000 });
});

Deno.test("lines that mean nothing are told from those that do", () => {
  for (const line of ["", "   ", "# a remark"]) assertEquals(parseLine(line), { does: "nothing" });
  for (
    const line of [
      "hello",
      "maria:",
      ": hello",
      "agent ana: hello to whom?",
      "429",
      "429 maybe",
      "wait for me",
      "forwards tomorrow",
      "maria edits: hello",
      "maria re: hello",
    ]
  ) {
    assertEquals(parseLine(line).does, "not understood", line);
  }
});

const WORDS = [
  "hello",
  "a: b",
  '"quoted" #2',
  "two\nlines",
  "C:\\new\\n",
  "re 3: x",
  "👍 é",
  "sends photo",
];
const MENTIONED = [7, ...WORDS.map((words, index) => ({ words, nth: index + 1 }))];
const SPEAKERS: Speaker[] = [
  MARIA,
  ANA,
  { ...ANA, as: "channel" },
  { ...ANA, as: "anonymous" },
  { ...ANA, desk: "vendas_sp" },
  { ...ANA, as: "anonymous", desk: "2" },
  { in: "channel", name: "boss" },
  { in: "channel", name: "boss", desk: "vendas_sp" },
];
/** Who has a message of the group before them, and no thread. */
const AT_THE_GROUP: Speaker[] = [
  { in: "thread", name: "boss", customer: "" },
  { in: "thread", name: "boss", customer: "", desk: "vendas_sp" },
];

/** Deeds of every sort, with words of every sort in each place. */
function* deeds(): Generator<Deed> {
  yield { does: "kill" };
  for (const ms of [1000, 90_000, 3_600_000, 172_800_000]) yield { does: "wait", ms };
  for (const fault of FAULTS) {
    for (const isOn of [true, false]) yield { does: "fault", fault, isOn };
  }
  for (const how of FORWARDS) yield { does: "forwards", how };
  for (const does of ["block", "unblock", "claim"] as const) yield { does, name: "maria" };
  for (const desk of [{}, { desk: "vendas_sp" }]) {
    for (const does of ["join", "hire", "link"] as const) yield { does, name: "boss", ...desk };
    for (const chat of ["channel", "group"] as const) {
      yield { does: "share", name: "boss", chat, button: "Choose: one", ...desk };
    }
  }
  yield { does: "create", name: "boss", title: "Vendas: São Paulo at night" };
  yield { does: "open", name: "maria", source: "my-shop_1" };
  yield { does: "arrive", name: "lucía", language: "pt-br" };
  for (const who of [...SPEAKERS, ...AT_THE_GROUP]) {
    for (const message of MENTIONED) {
      yield { does: "edit", who, message, text: "other\nwords" };
      yield { does: "move", who, message };
      yield { does: "delete", who, message };
      yield { does: "react", who, message, emoji: "👍" };
      yield { does: "react", who, message, emoji: null };
      yield { does: "press", who, message, button: "🟨 Priority: 3" };
    }
  }
  for (const who of SPEAKERS) {
    for (const text of WORDS) {
      yield { does: "write", who, text };
      yield { does: "pick", who, query: text, title: text };
    }
    for (const sends of ATTACHMENTS) {
      yield { does: "write", who, text: "", sends };
      yield { does: "write", who, text: "with: words", sends, answers: 3 };
    }
    for (const message of MENTIONED) {
      yield { does: "write", who, text: "yes", answers: message, quote: "two\nlines" };
    }
  }
}

Deno.test("reading a printed deed gives the same deed, on one line", () => {
  let count = 0;
  for (const deed of deeds()) {
    const line = lineOf(deed);
    assertEquals(line.includes("\n"), false, line);
    assertEquals(parseLine(line), deed, line);
    count++;
  }
  assertEquals(count > 300, true);
});

Deno.test("reading how a story begins gives whose desk it is of", () => {
  for (const language of DESK_LANGUAGES) {
    for (const isUnclaimed of [{}, { isUnclaimed: true }]) {
      const line = settingLine({ language, ...isUnclaimed });
      assertEquals(parseLine(line), { does: "begin", language, ...isUnclaimed }, line);
    }
  }
  assertEquals(parseLine("a desk speaking Latin").does, "not understood");
});
