/** The team's channel: a card for each customer; one that is opened shows its comments. */
import { act, atDesk, chatNamed, customerOf, desk, rootOf } from "./desk.js";
import { DeskSwitch, NewDesk, NewGroup, nextAgent } from "./desks.js";
import { Bubble } from "./bubble.js";
import { Composer } from "./composer.js";
import { selectionIn } from "./customer.js";
import { itemsOf, rowClass } from "./items.js";
import { List } from "./list.js";
import { Choice } from "./menu.js";
import { showOutcome } from "./toasts.js";
import { html, names, useMemo, useState } from "./view.js";
import { count, excerpt, hash } from "./words.js";

/**
 * The pane. `at` is the desk that is shown; `card` is the ID of the post whose comments are open, and
 * `onCard` opens others; `switching` is what its switch is told: `onDesk`, `onPhone`.
 */
export function Channel({ at, card, onCard, switching, isShown }) {
  const post = at && card !== undefined
    ? chatNamed(`channel:${at.name}`).byId.get(card)
    : undefined;
  const shown = !at
    ? html`<${NoChannel} />`
    : post
    ? html`<${Thread} key=${`${at.name}/${card}`} ...${{ at, post, onCard }} />`
    : html`<${Posts} key=${at.name} ...${{ at, onCard, switching }} />`;
  return html`
    <section class=${names("pane", "channel", !isShown && "away")} aria-label="Channel">
      ${at && html`<${DeskSwitch} at=${at} ...${switching} />`}${shown}
    </section>
  `;
}

function NoChannel() {
  const { bot } = desk.head;
  return html`
    <header class="chat-head">
      <div>
        <h2>No channel yet</h2>
        <p>the team will be here</p>
      </div>
    </header>
    <div class="wall">
      <div class="welcome">
        <p>No desk yet</p>
        <p>${bot.token
          ? "Give the bot its token. Then its"
          : "Its"} owner claims it on Boss’s phone, and
        chooses or creates the channel there.</p>
      </div>
    </div>
  `;
}

function Posts({ at, onCard, switching }) {
  const [tag, setTag] = useState();
  const [found, setFound] = useState();
  const { channel } = at;
  const name = `channel:${at.name}`;
  const chat = chatNamed(name);
  const shown = tag
    ? chat.messages.filter(({ text = "" }) => text.split(/\s/).includes(tag))
    : chat.messages.filter(({ kind }) => kind !== "service");
  const items = useMemo(() => itemsOf(shown, () => false), [chat.version, tag]);
  const boss = desk.head.people.find(({ role }) => role === "owner");
  const view = {
    chat: name,
    who: { in: "channel", name: boss.name, ...atDesk(at) },
    account: boss.id,
    namesAuthors: false,
    deletesAll: true,
    isPinned: ({ id }) => chat.pinned.includes(id),
    finds: (id) => setFound({ key: String(id) }),
    onTag: setTag,
    onPress: ({ id }) => onCard(id),
    footer: (message, tabIndex) =>
      html`<${Comments} ...${{ at, post: message, onCard, tabIndex }} />`,
  };
  const pins = chat.pinned.map((id) => chat.byId.get(id)).filter(Boolean);
  return html`
    <header class="chat-head"><span class=${`avatar tint-${hash(channel.id) % 6}`}
      aria-hidden="true">${channel.title[0]}</span><div><h2>${channel.title}</h2>
      <p>private channel</p></div>${desk.head.desks.length < 2 && at.hasBot &&
        html`
          <div class="actions">
            <${NewDesk} ...${switching} />
          </div>
        `}</header>
    ${!at.group && html`<p class="filter">Comments need a group <${NewGroup} at=${at} /></p>`}
    ${pins.length > 0 && !tag && html`<${Pinned} pins=${pins} finds=${view.finds} />`}
    ${tag && html`<p class="filter"><b>${tag}</b> ${count(shown.length, "card")}
      <button type="button" onClick=${() => setTag(undefined)}>Show all</button></p>`}
    <div class="wall">
      ${items.length === 0 && html`
        <div class="welcome">
          <p>No cards yet</p>
          <p>Whoever writes to the bot gets one here. Open it to answer in its comments.</p>
        </div>
      `}
      <${List} items=${items} label="Cards" place=${`${name} ${tag ?? ""}`} shown=${found}
        rowClass=${rowClass}
        draw=${(item, tabIndex) => html`<${Bubble} ...${{ item, view, tabIndex }} />`} />
    </div>
  `;
}

/** What is pinned: the newest, and the one before it when that was looked for. */
function Pinned({ pins, finds }) {
  const [back, setBack] = useState(0);
  const at = pins.length - 1 - (back % pins.length);
  const look = () => {
    finds(pins[at].id);
    setBack(back + 1);
  };
  return html`<button type="button" class="pinned" onClick=${look}>
    <b>Pinned message ${pins.length > 1 ? `#${at + 1}` : ""}</b>
    <span>${excerpt(pins[at])}</span></button>`;
}

function commentsOf(post, at) {
  const root = rootOf(post, at);
  const { messages } = chatNamed(`group:${at.name}`);
  return root ? messages.filter(({ thread }) => thread === root.id) : [];
}

function Comments({ at, post, onCard, tabIndex }) {
  const group = chatNamed(`group:${at.name}`);
  const comments = useMemo(() => commentsOf(post, at), [group.version, post.id]);
  const words = comments.length === 0 ? "Leave a comment" : count(comments.length, "comment");
  const writers = [...new Map(comments.map(({ by }) => [by.id, by])).values()].slice(-3);
  return html`
    <button type="button" class="comments" onClick=${() => onCard(post.id)}
      tabindex=${tabIndex}><span class="faces" aria-hidden="true">${writers.map(({ id, name }) =>
        html`<span key=${id} class=${`avatar mini tint-${hash(id) % 6}`}>${name[0]}</span>`
      )}</span><span>${words}<span class="unseen">, ${cardName(
        post,
      )}</span></span><span aria-hidden="true">›</span></button>
  `;
}

/** Whose card it is, as its first line says. */
function cardName({ text = "" }) {
  return text.split("\n")[0].replace(/^\P{L}+/u, "");
}

/** As whom one can comment at a desk. */
function writers(people, { name, channel }) {
  const boss = people.find(({ role }) => role === "owner");
  const agents = people.filter(({ role, teams }) => role === "agent" && teams.includes(name));
  return [...agents, boss].map((person) => ({ key: person.name, person, label: person.firstName }))
    .concat([
      { key: "channel", person: boss, as: "channel", label: `${channel.title} (channel)` },
      { key: "anonymous", person: boss, as: "anonymous", label: "Anonymous admin" },
    ]);
}

/** As whom somebody commented last at each desk. */
const lastWriters = new Map();

function Thread({ at, post, onCard }) {
  const [about, setAbout] = useState();
  const [found, setFound] = useState();
  const [key, setKey] = useState(lastWriters.get(at.name));
  const { people, bot } = desk.head;
  const group = chatNamed(`group:${at.name}`);
  const all = writers(people, at);
  const writer = all.find((one) => one.key === key) ?? all[0];
  const chooses = (key) => {
    lastWriters.set(at.name, key);
    setKey(key);
  };
  const customer = customerOf(post);
  const comments = useMemo(() => commentsOf(post, at), [group.version, post.id]);
  const team = new Set(all.map(({ person }) => person.id));
  const items = useMemo(() => itemsOf(comments, ({ account }) => account === writer.person.id), [
    group.version,
    post.id,
    writer.person.id,
  ]);
  const as = writer.as ? { as: writer.as } : {};
  const who = {
    in: "thread",
    name: writer.person.name,
    customer: customer?.name ?? "",
    ...as,
    ...atDesk(at),
  };
  const view = {
    chat: `group:${at.name}`,
    who,
    account: writer.person.id,
    namesAuthors: true,
    isOfTeam: ({ account }) => team.has(account),
    deletesAll: writer.person.role === "owner",
    replies: (answers) => setAbout({ answers, quote: selectionIn(answers) }),
    edits: (edits) => setAbout({ edits }),
    finds: (id) => setFound({ key: String(id) }),
    onQuery: (words) => setAbout({ text: `@${bot.username} ${words}` }),
  };
  const asWhom = writer.as ? ` as ${writer.as}` : "";
  const story = `agent ${who.name}${asWhom} > ${who.customer}${who.desk ? ` at ${who.desk}` : ""}`;
  const menu = writer.person.groupMenus[at.name] ?? [];
  return html`
    <header class="chat-head"><button type="button" class="back" aria-label="Back to the cards"
      onClick=${() => onCard(undefined)}>‹</button>
      <div><h2>${customer ? customer.firstName : "Card"} · ${count(
        comments.length,
        "comment",
      )}</h2><p class="card-lines">${post.text?.split("\n").filter((_, at) => at !== 1).join(
        " · ",
      )}</p>
      </div></header>
    <div class="wall">
      ${!rootOf(post, at) && html`
        <div class="welcome">
          <p>The card is not in the group yet</p>
          <p>Its comments open when Telegram has forwarded it there.</p>
        </div>
      `}
      <${List} items=${items} label="Comments" place=${`${at.name}/${post.id}`} shown=${found} rowClass=${rowClass}
        draw=${(item, tabIndex) => html`<${Bubble} ...${{ item, view, tabIndex }} />`} />
    </div>
    <div class="as">Comment as
      <${Choice} name="Comment as" value=${writer.key} up=${true} onChoose=${chooses}
        options=${all.map(({ key, label }) => ({ value: key, words: label }))} />
      <${NewAgent} at=${at} onAgent=${chooses} />
      <span class="hint"># note · / command</span></div>
    <${Composer} label="Comment" who=${who} as=${story} about=${about} onAbout=${setAbout}
      menu=${menu} placeholder=${`Comment as ${writer.label}`} />
  `;
}

/** Somebody more comes into the channel. */
function NewAgent({ at, onAgent }) {
  const add = async () => {
    const name = nextAgent();
    const outcome = await act({ does: "hire", name, ...atDesk(at) });
    showOutcome(outcome);
    if (!outcome.refused) onAgent(name);
  };
  return html`
    <button type="button" class="hire" onClick=${add}
      title="Somebody more comes into the channel">Add agent</button>
  `;
}
