import { assertEquals } from "@std/assert";
import type { ChatAdministratorRights } from "grammy/types";
import { justRights, RIGHTS_NAMES } from "./member.ts";
import { scene } from "./scene.ts";

for (
  const [name, field, most, tooLong] of [
    ["Description", "description", 512, "DESCRIPTION_TOO_LONG"],
    ["ShortDescription", "short_description", 120, "ABOUT_TOO_LONG"],
  ] as const
) {
  Deno.test(`a bot has a ${field} for all, and in languages`, async () => {
    const { telegram, call } = scene();
    const set = async (text: string, language_code?: string) => {
      const { result, description } = await call(`setMy${name}`, {
        [field]: text,
        ...(language_code === undefined ? {} : { language_code }),
      });
      return description ?? result;
    };
    const get = async (language_code = "") =>
      (await call(`getMy${name}`, { language_code })).result?.[field];
    assertEquals([await get(), await get("pt")], ["", ""]);
    assertEquals(await set("Write to us"), true);
    assertEquals(await set("Escreva", "pt"), true);
    assertEquals([await get(), await get("pt"), await get("es")], [
      "Write to us",
      "Escreva",
      "Write to us",
    ]);
    telegram.unproven.tellsShownDescriptions = false;
    assertEquals([await get("pt"), await get("es")], ["Escreva", ""]);
    await set("", "pt");
    assertEquals(await get("pt"), "");
    assertEquals(await set("x".repeat(most)), true);
    assertEquals(await set("x".repeat(most + 1)), `Bad Request: ${tooLong}`);
    assertEquals(await set("x", "pt-br"), "Bad Request: invalid language code specified");
    await telegram.close();
  });
}

Deno.test("a bot has rights of its own that it is given first, in channels and in groups", async () => {
  const { telegram, call } = scene();
  const get = async (isChannel: boolean): Promise<ChatAdministratorRights> =>
    (await call("getMyDefaultAdministratorRights", { for_channels: isChannel })).result;
  const named = (rights: Partial<ChatAdministratorRights>) =>
    RIGHTS_NAMES.filter((name) => rights[name]);
  assertEquals([named(await get(true)), named(await get(false))], [[], []]);
  const { can_send_welcome_messages: _, ...none } = justRights("channel", {});
  const rights = { ...none, can_manage_chat: false, can_post_messages: true };
  await call("setMyDefaultAdministratorRights", { rights, for_channels: true });
  assertEquals(named(await get(true)), ["can_manage_chat", "can_post_messages"]);
  assertEquals(named(await get(false)), []);
  await call("setMyDefaultAdministratorRights", { for_channels: true });
  assertEquals(named(await get(true)), []);
  await telegram.close();
});
