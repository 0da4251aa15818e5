import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { COMMAND_NAMES, commandNameIn, ruleOf, type Where } from "../../src/commands/command.ts";
import { openTalk } from "../support/talk.ts";
import type { SimulatedMessage, SimulatedUser } from "../../playground/telegram/telegram.ts";

/** A conversation, and somebody with Spanish who is an administrator of the channel. */
async function open() {
  const talk = await openTalk({ settings: {} });
  const { desk, maria } = talk;
  const ines = desk.telegram.createUser({ firstName: "Inés", languageCode: "es" });
  desk.telegram.promote(desk.channel, ines);
  const kim = desk.telegram.createUser({ firstName: "Kim", languageCode: "en" });
  desk.telegram.addMember(desk.channel, kim);
  desk.boss.starts(desk.bot);
  await desk.settled();
  for (const who of [ines, kim]) desk.boss.sends(desk.chatOf(desk.boss), `/allow ${who.id}`);
  await desk.settled();
  for (const who of [ines, kim]) who.joins(desk.group);
  /** What somebody is answered who asks for help. */
  const help = async (who: SimulatedUser, where: Where, command = "/help") => {
    const chat = where === "private" ? desk.chatOf(who) : desk.group;
    const before = chat.messages.at(-1)?.message_id ?? 0;
    if (where === "thread") who.comments(desk.cardOf(maria), command);
    else who.sends(chat, command);
    await desk.settled();
    const answers = chat.messages.filter(({ message_id, from }) =>
      message_id > before && from?.id === desk.bot.id
    );
    assertEquals(answers.length, 1);
    return answers[0]!;
  };
  /** The same with what follows on the button, if there is one. */
  const allHelp = async (...[who, where, command]: Parameters<typeof help>) => {
    const first = await help(who, where, command);
    if (!first.reply_markup) return first.text!;
    const button = ["More", "Más", "Mais"].find((each) =>
      JSON.stringify(first.reply_markup).includes(each)
    )!;
    await talk.press(who, first as SimulatedMessage, button);
    const chat = where === "private" ? desk.chatOf(who) : desk.group;
    const rest = chat.messages.at(-1)!;
    assertEquals(rest.reply_to_message?.message_id, first.message_id);
    return `${first.text}\n${rest.text}`;
  };
  return { ...talk, ines, kim, help, allHelp };
}

/** The commands a help names, whatever else it says. */
function named(text: string): string[] {
  return COMMAND_NAMES.filter((name) => new RegExp(`^/(.*/)?${name}\\b.* — `, "m").test(text));
}

for (const where of ["thread", "group", "private"] as const) {
  Deno.test(`/help names what one may give, ${where}, in one's language`, async () => {
    const { desk, ines, kim, allHelp } = await open();
    await using _ = desk;
    const may = (...givers: string[]) =>
      COMMAND_NAMES.filter((name) => {
        const { by, where: places } = ruleOf(name);
        return places.includes(where) && by.some((giver) => givers.includes(giver));
      });
    const [english, spanish, portuguese] = [
      await allHelp(kim, where),
      await allHelp(ines, where),
      await allHelp(desk.boss, where, "/ajuda"),
    ];
    assertEquals(named(english).toSorted(), may("team").toSorted());
    assertEquals(named(spanish).toSorted(), may("team", "admin").toSorted());
    assertEquals(named(portuguese).toSorted(), may("team", "admin", "creator", "owner").toSorted());
    const words = {
      thread: ["Comment here to answer", "Comente aquí para", "Comente aqui para"],
      group: ["in the comments of the channel", "comentarios del canal", "comentários do canal"],
      private: ["You are on the team", "Usted es del equipo", "Você é da equipe"],
    }[where];
    for (const [index, text] of [english, spanish, portuguese].entries()) {
      assertStringIncludes(text!, words[index]!);
    }
    // What follows a name is said in the same language.
    if (where !== "private") return;
    assertStringIncludes(spanish, "/addreply Título (/resposta)");
    assertStringIncludes(portuguese, "/definir nome valor (/set)");
  });
}

Deno.test("customers are helped as customers, whatever their language, also when banned", async () => {
  const { desk, maria, says, press, line, help } = await open();
  await using _ = desk;
  const told = [await help(maria, "private"), await help(maria, "private", "/ajuda")];
  for (const { text } of told) assertStringIncludes(text!, "Escreva aqui o que precisar");
  await says(desk.ana, "/ban");
  await press(desk.ana, line() as SimulatedMessage, "Banir");
  assertStringIncludes((await help(maria, "private")).text!, "Escreva aqui o que precisar");
  const tom = desk.telegram.createUser({ firstName: "Tom", languageCode: "en-GB" });
  assertStringIncludes(
    (await help(tom, "private", "/ajuda")).text!,
    "Write here whatever you need",
  );
  // Who only asks for help is no customer yet.
  assertEquals(desk.channel.messages.filter(({ text }) => text?.includes("Tom")).length, 0);
});

Deno.test("a customer who has joined the team is helped as one of it", async () => {
  const { desk, maria, help } = await open();
  await using _ = desk;
  desk.telegram.addMember(desk.channel, maria);
  await desk.settled();
  assertStringIncludes((await help(maria, "private")).text!, "Você é da equipe");
  desk.telegram.removeMember(desk.channel, maria, "left");
  await desk.settled();
  assertStringIncludes((await help(maria, "private")).text!, "Escreva aqui o que precisar");
});

Deno.test("help by the panel is in the language of who presses, and names what they may give", async () => {
  const { desk, maria, kim, press } = await open();
  await using _ = desk;
  const panel = desk.threadOf(maria)[0] as SimulatedMessage;
  for (const who of [kim, desk.boss]) {
    await press(who, panel, "Ajuda");
    const first = desk.threadOf(maria).at(-1)! as SimulatedMessage;
    assertEquals(first.text!.includes("Comment here"), who === kim);
    if (who === desk.boss) await press(who, first, "Mais comandos");
    const last = desk.threadOf(maria).at(-1)!;
    assertEquals(named(last.text!).includes("settings"), who === desk.boss);
  }
});

Deno.test("the help begins with what is given day by day, in at most 20 lines; the rest is a press away", async () => {
  const { desk, help, press } = await open();
  await using _ = desk;
  for (const where of ["thread", "group", "private"] as const) {
    const { text } = await help(desk.boss, where);
    assert(text!.split("\n").length <= 20, text);
  }
  const first = await help(desk.boss, "thread") as SimulatedMessage;
  const everyday = COMMAND_NAMES.filter((name) => ruleOf(name).isEveryday);
  const lines = first.text!.split("\n").filter((line) => line.startsWith("/"));
  assertEquals(
    lines.slice(0, everyday.length).map((line) => line.split(" ")[0]),
    everyday.map((name) => `/${commandNameIn(name, "pt-BR")}`),
  );
  // It is for who presses, whoever asked: an agent is shown no more than they may give.
  await press(desk.ana, first, "Mais comandos");
  assertEquals(named(desk.group.messages.at(-1)!.text!).includes("settings"), false);
  await press(desk.boss, first, "Mais comandos");
  assert(named(desk.group.messages.at(-1)!.text!).includes("settings"));
  const [isStranger, told] = [desk.customer("Rui"), desk.group.messages.length];
  assertEquals((await press(isStranger, first, "Mais comandos"))?.show_alert, true);
  assertEquals(desk.group.messages.length, told);
});
