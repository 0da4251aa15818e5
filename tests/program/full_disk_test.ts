/** The real program on a disk that is full. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { openChats, textsOf } from "../support/desk.ts";
import { Disk, mayMount } from "../support/small_disk.ts";
import { Program, until } from "../support/program.ts";
import { SimulatedTelegram } from "../../playground/telegram/telegram.ts";

if (!mayMount) console.log("a full disk is left out: only root may mount one, on Linux");

Deno.test({
  name:
    "on a full disk nothing is taken in, and all of it arrives once there is room, begun there too",
  ignore: !mayMount,
  fn: async () => {
    await using disk = await Disk.make();
    const telegram = new SimulatedTelegram();
    const bot = telegram.createBot({ name: "Padaria" });
    const boss = telegram.createUser({ firstName: "Beto" });
    const { channel, group } = openChats(telegram, "Atendimento", boss, bot);
    const server = telegram.serve();
    const env = {
      BOT_TOKEN: bot.token,
      CHANNEL_ID: String(channel.id),
      TELEGRAM_API_ROOT: server.apiRoot,
      KV_PATH: `${disk.path}/balcao.sqlite3`,
      PACE: "off",
    };
    const maria = telegram.createUser({ firstName: "Maria" });
    const says = (text: string) => maria.sends(maria.chatWith(bot), text);
    const shown = () => textsOf(group.messages).filter((text) => /^\d+$/.test(text ?? ""));
    {
      await using program = await Program.start(env);
      await program.works();
      says("0");
      await until("the first is shown", () => shown().length === 1);
      await disk.fill();
      for (let n = 1; n <= 60; n++) says(`${n}`);
      await program.says('"event":"database not written"');
      const { status, text } = await program.get("/health");
      assertEquals(status, 503);
      assertStringIncludes(text, "The database takes nothing that is to be written");
    }
    {
      await using program = await Program.start(env);
      await program.says('"event":"database not opened"');
      assertStringIncludes((await program.get("/health")).text, "that there is room on the disk");
      await disk.empty();
      await program.works();
      says("61");
      await until("the last is shown", () => shown().includes("61"));
      await program.stop("SIGTERM");
    }
    // What was sent as the disk was full may be repeated by a program that was killed there.
    assertEquals([...new Set(shown())], Array.from({ length: 62 }, (_, n) => `${n}`));
    await server.close();
    await telegram.close();
  },
});
