/** The customer's phone: their private chat with the bot, and whose phone it is. */
import { act, chatNamed, desk } from "./desk.js";
import { Bubble } from "./bubble.js";
import { Composer } from "./composer.js";
import { itemsOf, rowClass } from "./items.js";
import { List } from "./list.js";
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
    opens: (link) => opens(link, person.name),
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
          ${isFresh && html`
            <div class="welcome">
              <p>What can this bot do?</p>
              <p>Write something as ${person.firstName}: the team finds it in the channel.</p>
            </div>
          `}
          <${List} items=${items} label=${`Messages of ${person.firstName}`} place=${person.chat}
            shown=${found} rowClass=${rowClass}
            draw=${(item, tabIndex) => html`<${Bubble} ...${{ item, view, tabIndex }} />`} />
        </div>
      <${Keyboard} person=${person} />
      <${Composer} label="Message" key=${person.chat} disabled=${isComing} who=${who} as=${person
        .name}
        about=${about}
        onAbout=${setAbout} menu=${person.menu}
        placeholder=${person.isBlocking ? "Unblock to write" : `Message as ${person.firstName}`} />
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
  const moves = (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    const all = [...event.currentTarget.children];
    all.at((all.indexOf(document.activeElement) + step) % all.length)?.focus();
  };
  const inOrder = people.toSorted((a, b) => isTeam(a) - isTeam(b));
  return html`<div class="phones"><div class="row" role="group" aria-label="Whose phone"
    onKeyDown=${moves}>${
    inOrder.map(({ name, firstName, chat, role, id }) =>
      html`
        <button type="button" key=${chat} aria-pressed=${chat === person.chat}
          tabindex=${chat === person.chat ? 0 : -1} onClick=${() => onPerson(name, chat)}>
          <span class=${`avatar tint-${hash(id) % 6}`} aria-hidden="true">${firstName[0]}</span>
          <span>${firstName}${role === "customer" ? "" : html`<small> ${role}</small>`}</span>
        </button>
      `
    )
  }</div><button type="button" class="add" onClick=${add} title="Add customer"
    aria-label="Add customer"><svg viewBox="0 0 20 20" width="18" aria-hidden="true">
    <path d="M10 4v12M4 10h12" /></svg></button></div>`;
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
  const open = async () => showOutcome(await act({ does: "open", name, source: "instagram" }));
  const claim = async () => showOutcome(await act({ does: "claim", name }));
  if (role === "owner" && desk.head.isUnclaimed) {
    return html`<div class="actions"><button type="button" class="strong" onClick=${claim}>
      Claim the desk</button></div>`;
  }
  return html`<div class="actions">
    <button type="button" onClick=${open} disabled=${isComing} title="Opens t.me/…?start=instagram">Open a link</button>
    <button type="button" onClick=${block} disabled=${isComing}>${
    isBlocking ? "Unblock" : "Block"
  }</button></div>`;
}

/** The keyboard that the bot has put in place of the letters. */
function Keyboard({ person }) {
  if (!person.keyboard) return null;
  const press = async ({ text, asksFor }) => {
    const who = { in: "private", name: person.name };
    const deed = asksFor
      ? { does: "share", name: person.name, chat: asksFor, button: text }
      : { does: "write", who, text };
    showOutcome(await act(deed));
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

/** A link of the bot's own is followed here; any other is shown. */
async function opens(link, name) {
  const { bot } = desk.head;
  const [, username, source] = /t\.me\/(\w+)(?:\?start=([\w-]*))?$/.exec(link) ?? [];
  if (username !== bot.username || !source) return showOutcome({ says: link });
  showOutcome(await act({ does: "open", name, source }));
}

/** What is selected of a message: that is quoted. */
export function selectionIn(message) {
  const words = document.getSelection()?.toString().trim();
  return words && message.text?.includes(words) ? words : undefined;
}
