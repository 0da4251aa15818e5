/** The customer's phone: their private chat with the bot, and whose phone it is. */
import { act, chatNamed, desk } from "./desk.js";
import { Bubble } from "./bubble.js";
import { Composer } from "./composer.js";
import { AddFace, Faces } from "./faces.js";
import { itemsOf, rowClass } from "./items.js";
import { List } from "./list.js";
import { Menu } from "./menu.js";
import { ChatChooser } from "./sharing.js";
import { showOutcome } from "./toasts.js";
import { html, names, useMemo, useState } from "./view.js";
import { hash } from "./words.js";

/**
 * The pane. `person` is whose phone is shown; `onPerson` shows another's, for which it `isComing`
 * until there is one.
 */
export function Customer({ person, onPerson, isShown, isComing }) {
  const [about, setAbout] = useState();
  const [found, setFound] = useState();
  const [asked, setAsked] = useState();
  const asks = (kind, button) => setAsked({ person, kind, button });
  const { bot, people } = desk.head;
  const chat = chatNamed(person.chat);
  const isOwn = (message) => message.account === person.id;
  const items = useMemo(() => itemsOf(chat.messages, isOwn), [chat.version, person.chat]);
  const who = { in: "private", name: person.name };
  const view = {
    chat: person.chat,
    who,
    account: person.id,
    namesAuthors: false,
    deletesAll: true,
    replies: (answers) => setAbout({ answers, quote: selectionIn(answers) }),
    edits: (edits) => setAbout({ edits }),
    finds: (id) => setFound({ key: String(id) }),
    opens: (link, button) => opens(link, person.name, (kind) => asks(kind, button)),
    onQuery: (words) => setAbout({ text: `@${bot.username} ${words}` }),
    isPinned: ({ id }) => chat.pinned.includes(id),
  };
  const isFresh = items.length === 0;
  return html`
    <section class=${names("pane", "customer", !isShown && "away")}
      aria-label="Customer">
      <${Phones} people=${people} person=${person} onPerson=${(name) => {
        setAbout(undefined);
        onPerson(name);
      }} />
      <header
        class="chat-head"><span class=${`avatar tint-${hash(bot.id) % 6}`} aria-hidden="true">${bot
          .name[0]}</span><div><h2>${bot.name}</h2><p>${person
          .firstName}’s phone · ${person.isBlocking
          ? "blocked"
          : "bot"}</p></div><${Actions} person=${person} isComing=${isComing} /></header>
      <div class="wall">
          ${isFresh &&
            (bot.token && person.role === "owner" ? html`<${BotFather} bot=${bot} />` : html`
              <div class="welcome">
                <p>What can this bot do?</p>
                <p>Write something as ${person.firstName}: the team finds it in the channel.</p>
              </div>
            `)}
          <${List} items=${items} label=${`Messages of ${person.firstName}`} place=${person.chat}
            shown=${found} rowClass=${rowClass}
            draw=${(item, tabIndex) => html`<${Bubble} ...${{ item, view, tabIndex }} />`} />
        </div>
      <${Keyboard} person=${person} onAsk=${asks} />
      <${Composer} label="Message" key=${person.chat} disabled=${isComing} who=${who} as=${person
        .name}
        about=${about}
        onAbout=${setAbout} menu=${person.menu}
        placeholder=${person.isBlocking ? "Unblock to write" : `Message as ${person.firstName}`} />
      ${asked && html`<${ChatChooser} asked=${asked} onClose=${() => setAsked(undefined)} />`}
    </section>
  `;
}

/** Whose phone there can be. */
function Phones({ people, person, onPerson }) {
  const next = () => {
    const known = new Set(people.map(({ name }) => name));
    return NEXT.find(([name]) => !known.has(name)) ?? [`customer${people.length}`, "en"];
  };
  const add = async () => {
    const [name, language] = next();
    // The phone is changed at once: what is typed next is meant for the new one.
    onPerson(name);
    showOutcome(await act({ does: "arrive", name, language }));
  };
  const inOrder = people.toSorted((a, b) => isTeam(a) - isTeam(b));
  const faces = inOrder.map(({ name, firstName, chat, role, id }) => ({
    key: chat,
    id,
    name: firstName,
    note: role === "customer" ? undefined : role,
    run: () => onPerson(name, chat),
  }));
  return html`
    <${Faces} label="Whose phone" faces=${faces} chosen=${person.chat}>
      <${AddFace} name="Add customer" onAdd=${add} />
      </${Faces}>
  `;
}

/** What BotFather says to whoever has made a bot. */
function BotFather({ bot }) {
  const copy = async () => {
    const isCopied = await navigator.clipboard?.writeText(bot.token).then(() => true, () => false);
    showOutcome({ says: isCopied ? "Copied" : "Copy it from here." });
  };
  return html`
    <div class="welcome father">
      <p>@BotFather has made @${bot.username}</p>
      <p>Nothing runs it yet. Give its token to the field <b>Token</b> in the workshop:</p>
      <p><code>${bot.token}</code></p>
      <button type="button" onClick=${copy}>Copy the token</button>
    </div>
  `;
}

function isTeam({ role }) {
  return role === "customer" ? 0 : 1;
}

const NEXT = [
  ["rosa", "es"],
  ["liam", "en"],
  ["beatriz", "pt-br"],
  ["diego", "es"],
  ["emma", "en"],
  ["tiago", "pt-br"],
];

function Actions({ person, isComing }) {
  const { name, isBlocking, role } = person;
  const does = isBlocking ? "unblock" : "block";
  const block = async () => showOutcome(await act({ does, name }));
  const claim = async () => showOutcome(await act({ does: "claim", name }));
  if (role === "owner" && desk.head.isUnclaimed) {
    if (desk.head.bot.token) return null;
    return html`<div class="actions"><button type="button" class="strong" onClick=${claim}>
      Claim the desk</button></div>`;
  }
  return html`<div class="actions"><${Links} name=${name} disabled=${isComing} />
    <button type="button" onClick=${block} disabled=${isComing}>${
    isBlocking ? "Unblock" : "Block"
  }</button></div>`;
}

/** Links to the bot: one that names a source; with several desks, one to each as well. */
function Links({ name, disabled }) {
  const open = async (source) => showOutcome(await act({ does: "open", name, source }));
  const { desks } = desk.head;
  if (desks.length < 2) {
    return html`
      <button type="button" onClick=${() => open("instagram")} disabled=${disabled}
        title="Opens t.me/…?start=instagram">Open a link</button>
    `;
  }
  const sources = ["instagram", ...desks.flatMap(({ name }) => [name, `${name}_instagram`])];
  const entries = sources.map((source) => ({
    name: `?start=${source}`,
    icon: "🔗",
    run: () => open(source),
  }));
  return html`<${Menu} name="Open a link" entries=${entries} disabled=${disabled} />`;
}

/** The keyboard that the bot has put in place of the letters. */
function Keyboard({ person, onAsk }) {
  if (!person.keyboard) return null;
  const press = async ({ text, asksFor }) => {
    if (asksFor) return onAsk(asksFor, text);
    const who = { in: "private", name: person.name };
    showOutcome(await act({ does: "write", who, text }));
  };
  return html`<div class="reply-keyboard" role="group" aria-label="Keyboard">${
    person.keyboard.map((row) =>
      html`<div class="row">${
        row.map((button) =>
          html`<button type="button" onClick=${() => press(button)}>${button.text}</button>`
        )
      }</div>`
    )
  }</div>`;
}

/** A link of the bot's own is followed here, maybe to a chat that is chosen; any other is shown. */
async function opens(link, name, onAsk) {
  const { bot } = desk.head;
  const { pathname, searchParams } = new URL(link);
  if (pathname !== `/${bot.username}`) return showOutcome({ says: link });
  for (const kind of ["channel", "group"]) if (searchParams.has(`start${kind}`)) return onAsk(kind);
  const source = searchParams.get("start");
  if (!source) return showOutcome({ says: link });
  showOutcome(await act({ does: "open", name, source }));
}

/** What is selected of a message: that is quoted. */
export function selectionIn(message) {
  const words = document.getSelection()?.toString().trim();
  return words && message.text?.includes(words) ? words : undefined;
}
