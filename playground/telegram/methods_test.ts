import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { type MethodName, METHODS, parametersOf } from "./methods.ts";
import { OBJECTS } from "./objects.ts";
import { callAs, scene } from "./scene.ts";

/** A description of the Bot API as JSON, to compare the tables with. */
const SPEC = Deno.env.get("BOT_API_SPEC");

interface SpecField {
  name: string;
  types: string[];
  required: boolean;
}
interface Spec {
  methods: Record<string, { fields?: SpecField[] }>;
  types: Record<string, { fields?: SpecField[] }>;
}

function fromSpec(fields: SpecField[] = []): Record<string, string> {
  return Object.fromEntries(
    fields.map(({ name, types, required }) => [name, `${types.join("|")}${required ? "" : "?"}`]),
  );
}

function differences(
  name: string,
  ours: Readonly<Partial<Record<string, string>>>,
  theirs: Record<string, string>,
): string[] {
  return [...new Set([...Object.keys(ours), ...Object.keys(theirs)])]
    .filter((field) => ours[field] !== theirs[field])
    .map((field) => `${name}.${field}: ${ours[field]} here, ${theirs[field]} there`);
}

Deno.test({
  name: "the tables are those of the Bot API (BOT_API_SPEC names its description)",
  ignore: SPEC === undefined,
  fn: async () => {
    const spec: Spec = JSON.parse(await Deno.readTextFile(SPEC!));
    const methods = (Object.keys(METHODS) as MethodName[]).flatMap((name) =>
      differences(name, parametersOf(name), fromSpec(spec.methods[name]?.fields))
    );
    const objects = Object.entries(OBJECTS).flatMap(([name, fields]) =>
      differences(name, fields, fromSpec(spec.types[name]?.fields))
    );
    assertEquals([...methods, ...objects], []);
  },
});

Deno.test("an unknown method is not found and recorded", async () => {
  const { telegram, call } = scene();
  const answer = await call("sendTelegram", { chat_id: 1 });
  assertEquals(answer.error_code, 404);
  assertEquals(answer.description, "Not Found: method not found");
  assertEquals(telegram.violations.length, 1);
  await assertRejects(() => telegram.close(), Error, "sendTelegram");
});

Deno.test("method names are case-insensitive", async () => {
  const { telegram, bot, call } = scene();
  assertEquals((await call("GETME")).result.id, bot.id);
  await telegram.close();
});

for (
  const [what, method, payload] of [
    ["an unknown parameter", "copyMessages", { reply_parameters: { message_id: 1 } }],
    ["a missing parameter", "sendMessage", { text: undefined }],
    ["a parameter of another type", "sendMessage", { text: 5 }],
    ["an unknown field of an object", "sendMessage", { reply_parameters: { id: 1 } }],
    ["a missing field of an object", "sendMessage", { entities: [{ type: "bold", offset: 0 }] }],
    ["a parse mode with something to parse", "sendMessage", {
      parse_mode: "HTML",
      text: "<b>a</b>",
    }],
    ["what is not simulated", "sendMessage", { business_connection_id: "1" }],
    ["a medium of an unknown type", "editMessageMedia", { media: { type: "gif", media: "x" } }],
  ] as const
) {
  Deno.test(`${what} is refused and recorded`, async () => {
    const { telegram, group, call } = scene();
    const base = method === "copyMessages"
      ? { from_chat_id: group.id, message_ids: [1] }
      : { text: "hello" };
    const answer = await call(method, { chat_id: group.id, ...base, ...payload });
    assertEquals(answer.error_code, 400);
    assert(telegram.violations.length > 0);
    assertStringIncludes(telegram.violations[0]!, method);
    await assertRejects(() => telegram.close());
  });
}

Deno.test("a parse mode with nothing to parse passes", async () => {
  const { telegram, group, call } = scene();
  assert((await call("sendMessage", { chat_id: group.id, text: "plain", parse_mode: "HTML" })).ok);
  await telegram.close();
});

Deno.test("calls are recorded with their answers", async () => {
  const { telegram, bot, group, call } = scene();
  await call("sendMessage", { chat_id: group.id, text: "hello" });
  const [recorded] = telegram.calls;
  assertEquals(recorded?.method, "sendMessage");
  assertEquals(recorded?.botId, bot.id);
  assertEquals(recorded?.payload, { chat_id: group.id, text: "hello" });
  assertEquals(recorded?.response?.ok, true);
  await telegram.close();
});

Deno.test("a wrong token is told from a revoked one", async () => {
  const { telegram, bot, call } = scene();
  const malformed = await telegram.fetch("https://api.telegram.org/botnonsense/getMe");
  assertEquals(malformed.status, 404);
  await malformed.body?.cancel();
  const { token } = bot;
  telegram.revokeToken(bot);
  const revoked = await callAs(telegram, { token }, "getMe");
  assertEquals([revoked.error_code, revoked.description], [401, "Unauthorized"]);
  assertEquals((await call("getMe")).ok, true);
  await telegram.close();
});
