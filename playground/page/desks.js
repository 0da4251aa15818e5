/** The desks of the bot: which of them is shown, and how one more is opened. */
import { act, atDesk, chatNamed, desk, tell } from "./desk.js";
import { AddFace, Faces } from "./faces.js";
import { showOutcome } from "./toasts.js";
import { html } from "./view.js";

/** What further desks are called, in the language of their owner. */
const TITLES = {
  en: ["Orders", "Events", "Wholesale"],
  pt: ["Encomendas", "Festas", "Atacado"],
  es: ["Pedidos", "Fiestas", "Mayoreo"],
};
/** Who answers there: two come to each. */
const AGENTS = ["carla", "davi", "elsa", "fabio", "gina", "hugo", "iris", "jonas"];
/** How long the bot may take to go on, and how often it is looked whether it has. */
const PATIENCE_MS = 20_000;
const LOOK_MS = 50;

/** What each desk's chats had to show when they were looked at last: a channel with its group. */
const seen = new Map();

function versionOf({ name }) {
  return chatNamed(`channel:${name}`).version + chatNamed(`group:${name}`).version;
}

/** The switch between several desks; with one there is nothing to choose. */
export function DeskSwitch({ at, onDesk, onPhone }) {
  const { desks } = desk.head;
  seen.set(at.name, versionOf(at));
  if (desks.length < 2) return null;
  const faces = desks.map((one) => ({
    key: one.name,
    id: one.channel.id,
    name: one.channel.title,
    hasNews: one.name !== at.name && versionOf(one) !== (seen.get(one.name) ?? 0),
    run: () => onDesk(one.name),
  }));
  return html`
    <${Faces} label="Which desk" faces=${faces} chosen=${at.name}>
      <${NewDesk} onDesk=${onDesk} onPhone=${onPhone} isFace=${true} />
      </${Faces}>
  `;
}

/** Whether one is being opened: its button becomes another when it is there. */
let isOpening = false;

/** The button that opens one more desk, as its owner would: `/adddesk`, and the keyboard. */
export function NewDesk({ onDesk, onPhone, isFace }) {
  const open = async () => {
    isOpening = true;
    tell();
    showOutcome(await openDesk(onPhone, onDesk));
    isOpening = false;
    tell();
  };
  if (isFace) {
    return html`<${AddFace} name="Open another desk" onAdd=${open} disabled=${isOpening} />`;
  }
  return html`
    <button type="button" onClick=${open} disabled=${isOpening}
      title="/adddesk, a channel with its group, and two agents">${isOpening
        ? "Opening …"
        : "Open a second desk"}</button>
  `;
}

/** What the next desk may be called: the first as the company is. */
export function nextTitle() {
  const { desks, people, bot } = desk.head;
  if (desks.length === 0) return bot.name;
  const language = people.find(({ role }) => role === "owner").language.slice(0, 2);
  const known = new Set(desks.map(({ channel }) => channel.title));
  const free = (TITLES[language] ?? TITLES.en).find((title) => !known.has(title));
  return free ?? `Desk ${desks.length + 1}`;
}

/** The first name nobody of a team has. */
export function nextAgent() {
  const known = new Set(desk.head.people.filter(isAgent).map(({ name }) => name));
  return AGENTS.find((name) => !known.has(name)) ?? `agent${known.size}`;
}

function isAgent({ role }) {
  return role !== "customer";
}

/** The owner of the bot, as they are now. */
function owner() {
  return desk.head.people.find(({ role }) => role === "owner");
}

/** Opens one more, shown from its channel on; answers with why it cannot be, if it cannot. */
async function openDesk(onPhone, onDesk) {
  const { name: boss, chat } = owner();
  onPhone(chat);
  const does = async (deed) => {
    const outcome = await act({ name: boss, ...deed });
    if (outcome.refused) throw new Error(outcome.refused);
    return outcome;
  };
  const shares = async (kind, at) => {
    const button = await asked(kind);
    await does({ does: "share", chat: kind, button, ...at });
  };
  try {
    await does({ does: "write", who: { in: "private", name: boss }, text: "/adddesk" });
    await asked("channel");
    const { desk: name } = await does({ does: "create", title: nextTitle() });
    const at = { desk: name };
    onDesk(name);
    await does({ does: "link", ...at });
    await shares("channel", at);
    await shares("group", at);
    for (let count = 0; count < 2; count++) {
      await does({ does: "hire", name: nextAgent(), ...at });
      await until(() =>
        desk.head.people.filter(({ teams }) => teams.includes(name)).length > count + 1
      );
    }
    return {};
  } catch ({ message }) {
    return { refused: message };
  }
}

/** The words of the owner's button that asks for a chat, once the bot has put it there. */
async function asked(kind) {
  const button = () => owner().keyboard?.flat().find(({ asksFor }) => asksFor === kind);
  await until(button);
  return button().text;
}

async function until(isSo) {
  const untilMs = Date.now() + PATIENCE_MS;
  while (!isSo()) {
    if (Date.now() > untilMs) throw new Error("The bot does not go on: is it alive?");
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

/** A desk whose channel has no group yet gets one here, as in the channel's settings. */
export function NewGroup({ at }) {
  const create = async () => {
    showOutcome(await act({ does: "link", name: owner().name, ...atDesk(at) }));
  };
  return html`
    <button type="button" class="strong" onClick=${create}
      title="Channel → Edit → Discussion">Create its group</button>
  `;
}
