import { assertEquals, assertStringIncludes } from "@std/assert";
import type { Message } from "grammy/types";
import type { NewTask } from "../../src/jobs/change.ts";
import type { Task } from "../../src/jobs/task.ts";
import { withFileIdsOf } from "../../playground/telegram/files.ts";
import { textsOf } from "../support/desk.ts";
import { openTalk } from "../support/talk.ts";

/**
 * A talk in whose database commands lie as they are kept when they came with Telegram's whole message:
 * jobs outlive a deploy, and a given-up one can be tried again for a month.
 */
async function open() {
  const talk = await openTalk();
  const { desk, maria } = talk;
  const kept = async (task: Task, customerId: number, direction: NewTask["lane"]["direction"]) => {
    const lane = { deskId: desk.channel.id, customerId, direction };
    await desk.anotherStore().record(desk.channel.id, () => ({ tasks: [{ lane, task }] }));
    await desk.passes(60_000);
  };
  /** A command in Maria's thread, of which the whole message was kept. */
  const inThread = async (command: Message, name: Extract<Task, { kind: "command" }>["name"]) => {
    const { message_id: messageId, message_thread_id: rootId, from } = command;
    const by = { kind: "person", userId: from!.id, name: from!.first_name } as const;
    await kept(
      {
        kind: "command",
        ...(name === undefined ? {} : { name }),
        at: { chatId: desk.group.id, messageId, rootId: rootId! },
        by,
        private: { given: command },
      },
      maria.id,
      "to-desk",
    );
  };
  return { ...talk, kept, inThread };
}

Deno.test("a command that was kept with its whole message takes back what it answers", async () => {
  const { desk, maria, answer, says, inThread } = await open();
  await using _ = desk;
  const note = await says(desk.ana, "#nota");
  const command = { ...note, text: "/undo", reply_to_message: answer } as unknown as Message;
  await inThread(command, "undo");
  assertEquals(textsOf(desk.toldTo(maria)).includes("bom dia, Maria!"), false);
});

Deno.test("a command that was kept with its whole message keeps a reply of what it answers", async () => {
  const { desk, says, line, inThread } = await open();
  await using _ = desk;
  desk.telegram.promote(desk.channel, desk.bia);
  const sent = await says(desk.bia, { photo: true, caption: "#cardápio" });
  const picture = withFileIdsOf(sent, desk.bot.id);
  const note = await says(desk.bia, "#nota");
  const command = { ...note, text: "/resposta Cardápio", reply_to_message: picture };
  await inThread(command as unknown as Message, "addreply");
  assertStringIncludes(line().text!, "Cardápio");
  await says(desk.bia, "/respostas");
  assertStringIncludes(line().text!, "Cardápio");
});

Deno.test("a word that was kept with its whole message and is no command is named", async () => {
  const { desk, says, line, inThread } = await open();
  await using _ = desk;
  const note = await says(desk.ana, "#nota");
  await inThread({ ...note, text: "/fechadura" } as unknown as Message, undefined);
  assertStringIncludes(line().text!, "fechadura");
});

Deno.test("an agent's command in private is obeyed that was kept with its whole message", async () => {
  const { desk, kept } = await open();
  await using _ = desk;
  const hello = desk.ana.sends(desk.chatOf(desk.ana), "/start");
  await desk.settled();
  const before = desk.toldTo(desk.ana).length;
  const given = { ...hello, text: "/avisos off" } as unknown as Message;
  const from = { chatId: desk.ana.id, messageId: hello.message_id };
  const shows = { kind: "text", content: "", media: "" } as const;
  const task: Task = {
    kind: "relay",
    from,
    shows,
    writer: { kind: "customer" },
    asks: "notify",
    private: { given },
  };
  await kept(task, desk.ana.id, "to-team");
  const [told] = textsOf(desk.toldTo(desk.ana).slice(before));
  assertStringIncludes(told!, "avis");
  assertEquals(
    await desk.anotherStore().reader(desk.channel.id).isNoticeWanted(desk.ana.id),
    false,
  );
});
