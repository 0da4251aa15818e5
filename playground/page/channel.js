/** The team's channel: a card for each customer; one that is opened shows its comments. */
import { chatNamed, customerOf, desk, personByChat, rootOf } from "./desk.js";
import { Bubble } from "./bubble.js";
import { Composer } from "./composer.js";
import { selectionIn } from "./customer.js";
import { itemsOf, rowClass } from "./items.js";
import { List } from "./list.js";
import { Choice } from "./menu.js";
import { html, names, useMemo, useState } from "./view.js";
import { count, excerpt, hash } from "./words.js";

/** The pane. `card` is the ID of the post whose comments are open; `onCard` opens others. */
export function Channel({ card, onCard, isShown }) {
  const post = card === undefined ? undefined : chatNamed("channel").byId.get(card);
  return html`<section class=${names("pane", "channel", !isShown && "away")} aria-label="Channel">${
    post
      ? html`<${Thread} key=${card} post=${post} onCard=${onCard} />`
      : html`<${Posts} onCard=${onCard} />`
  }</section>`;
}

function Posts({ onCard }) {
  const [tag, setTag] = useState();
  const [found, setFound] = useState();
  const { channel } = desk.head;
  const chat = chatNamed("channel");
  const shown = tag
    ? chat.messages.filter(({ text = "" }) => text.split(/\s/).includes(tag))
    : chat.messages.filter(({ kind }) => kind !== "service");
  const items = useMemo(() => itemsOf(shown, () => false), [chat.version, tag]);
  const boss = desk.head.people.find(({ role }) => role === "owner");
  const view = {
    chat: "channel",
    who: { in: "channel", name: boss.name },
    account: boss.id,
    namesAuthors: false,
    deletesAll: true,
    isPinned: ({ id }) => chat.pinned.includes(id),
    finds: (id) => setFound({ key: String(id) }),
    onTag: setTag,
    onPress: ({ id }) => onCard(id),
    footer: (message, tabIndex) =>
      html`<${Comments} post=${message} onCard=${onCard} tabIndex=${tabIndex} />`,
  };
  const pins = chat.pinned.map((id) => chat.byId.get(id)).filter(Boolean);
  return html`
    <header class="chat-head"><span class=${`avatar tint-${hash(channel.id) % 6}`}
      aria-hidden="true">${channel.title[0]}</span><div><h2>${channel.title}</h2>
      <p>private channel · the team</p></div></header>
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
      <${List} items=${items} label="Cards" place=${tag ?? "channel"} shown=${found}
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

function commentsOf(post) {
  const root = rootOf(post);
  const { messages } = chatNamed("group");
  return root ? messages.filter(({ thread }) => thread === root.id) : [];
}

function Comments({ post, onCard, tabIndex }) {
  const group = chatNamed("group");
  const comments = useMemo(() => commentsOf(post), [group.version, post.id]);
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

/** As whom one can comment. */
function writers(people, channel) {
  const agents = people.filter(({ role }) => role !== "customer");
  const boss = agents.find(({ role }) => role === "owner");
  return [
    ...agents.filter(({ role }) => role === "agent"),
    boss,
  ].map((person) => ({ key: person.name, person, label: person.firstName })).concat([
    { key: "channel", person: boss, as: "channel", label: `${channel.title} (channel)` },
    { key: "anonymous", person: boss, as: "anonymous", label: "Anonymous admin" },
  ]);
}

let lastWriter = "ana";

function Thread({ post, onCard }) {
  const [about, setAbout] = useState();
  const [found, setFound] = useState();
  const [key, setKey] = useState(lastWriter);
  const { people, channel, bot } = desk.head;
  const group = chatNamed("group");
  const all = writers(people, channel);
  const writer = all.find((one) => one.key === key) ?? all[0];
  const customer = customerOf(post);
  const comments = useMemo(() => commentsOf(post), [group.version, post.id]);
  const team = new Set(all.map(({ person }) => person.id));
  const items = useMemo(() => itemsOf(comments, ({ account }) => account === writer.person.id), [
    group.version,
    post.id,
    writer.person.id,
  ]);
  const as = writer.as ? { as: writer.as } : {};
  const who = { in: "thread", name: writer.person.name, customer: customer?.name ?? "", ...as };
  const view = {
    chat: "group",
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
  const story = `agent ${who.name}${writer.as ? ` as ${writer.as}` : ""} > ${who.customer}`;
  const menu = personByChat(writer.person.chat)?.groupMenu ?? [];
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
      ${!rootOf(post) && html`
        <div class="welcome">
          <p>The card is not in the group yet</p>
          <p>Its comments open when Telegram has forwarded it there.</p>
        </div>
      `}
      <${List} items=${items} label="Comments" place=${post.id} shown=${found} rowClass=${rowClass}
        draw=${(item, tabIndex) => html`<${Bubble} ...${{ item, view, tabIndex }} />`} />
    </div>
    <div class="as">Comment as
      <${Choice} name="Comment as" value=${writer.key} up=${true} onChoose=${(key) => {
        lastWriter = key;
        setKey(key);
      }} options=${all.map(({ key, label }) => ({ value: key, words: label }))} />
      <span class="hint"># notes stay in the team · / commands</span></div>
    <${Composer} label="Comment" who=${who} as=${story} about=${about} onAbout=${setAbout}
      menu=${menu} placeholder=${`Comment as ${writer.label}`} />
  `;
}
