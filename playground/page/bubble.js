/** A message as a bubble: who, what it answers, what it says, when; and what can be done with it. */
import { act, chatNamed, desk, idOf } from "./desk.js";
import { Formatted } from "./formatted.js";
import { Album, Body } from "./kinds.js";
import { Menu } from "./menu.js";
import { html, names } from "./view.js";
import { clockTime, excerpt, hash } from "./words.js";
import { showOutcome } from "./toasts.js";

const EMOJI = ["👍", "❤", "🔥", "🎉", "😁", "😢", "🙏", "👎"];
/** Kinds that stand without a bubble around them. */
const BARE = ["sticker", "video_note", "dice"];

/**
 * One item of a chat. `view` is how the chat is looked at: `chat` (its name), `who` (the speaker who
 * acts there), `account` (whose eyes), `namesAuthors`, `replies(message)`, `edits(message)`,
 * `finds(id)`, `opens(link, button)`, `onTag`, `onQuery`, `onPress(message)`, and `footer(message)`.
 */
export function Bubble({ item, view, tabIndex }) {
  if (item.day) return html`<span>${item.day}</span>`;
  const [message] = item.messages;
  if (message.kind === "service") {
    return html`<span>${message.text}</span>`;
  }
  const isBare = BARE.includes(message.kind) && !message.text;
  const isPicture = ["photo", "video", "animation"].includes(message.kind);
  const words = item.messages.find(({ text }) => text && !message.more?.poll);
  const isPlain = words && !message.reactions && !view.isPinned?.(message);
  const looks = [
    isBare && "bare",
    isPicture && "pictured",
    isPlain && "plain",
    message.edited && "edited",
  ];
  // Buttons in it do what they say.
  const press = view.onPress &&
    (({ target }) => target.closest("button") ?? view.onPress(message));
  return html`
    <div class=${names("bubble", ...looks)} onClick=${press}>
      ${view.namesAuthors && !item.follows && !item.own && html`<${Author} by=${message.by} />`}
      ${message.origin && html`<div class="origin">Forwarded from <b>${message.origin}</b></div>`}
      ${message.via && html`<div class="origin">via @${message.via}</div>`}
      <${Answered} message=${message} view=${view} tabIndex=${tabIndex} />
      ${item.messages.length > 1
        ? html`<${Album} messages=${item.messages} chat=${view.chat} />`
        : html`<${Body} message=${message} chat=${view.chat} />`}
      ${words &&
        html`
          <div class="words">
            <${Formatted} text=${words.text} entities=${words.entities}
              onTag=${view.onTag} />
          </div>
        `}
      <${Meta} message=${message} item=${item} view=${view} tabIndex=${tabIndex} />
      ${view.footer?.(message, tabIndex)}
      <${More} message=${message} view=${view} tabIndex=${tabIndex} />
    </div>
    <${Buttons} message=${message} view=${view} tabIndex=${tabIndex} />
  `;
}

function Author({ by }) {
  const title = by.title
    ? html`
      <span class="small">${by.title}</span>
    `
    : null;
  return html`<div class=${`author tint-${hash(by.id) % 6}`}>${by.name}${title}</div>`;
}

function Answered({ message, view, tabIndex }) {
  if (!message.answers) return null;
  const answered = chatNamed(view.chat).byId.get(message.answers);
  // What stands at the beginning of a thread is answered by everything in it.
  if (answered?.post) return null;
  return html`
    <button type="button" class="answered" tabindex=${tabIndex}
      onClick=${() => view.finds(message.answers)}><b>${answered?.by.name ?? "Deleted"}</b>
        <span>${message.quote ? `“${message.quote}”` : excerpt(answered)}</span></button>
  `;
}

function Meta({ message, item, view, tabIndex }) {
  const isMissing = desk.head?.progress.missing.includes(placeOf(message, view));
  const ticks = item.own
    ? html`
      <span class=${names("ticks", !isMissing && "both")}
        role="img" aria-label=${isMissing ? "Sent" : "Arrived"}>${isMissing ? "✓" : "✓✓"}</span>
    `
    : null;
  return html`
    <div class="meta">
      <${Reactions} message=${message} view=${view} tabIndex=${tabIndex} />
      <span class="when">${view.isPinned?.(message) && html`
        <span title="Pinned">📌</span>
      `}${message.edited ? "edited " : ""}${clockTime(message.date)} ${ticks}</span>
    </div>
  `;
}

function placeOf(message, { chat }) {
  return `${idOf(chat)}/${message.id}`;
}

/** Telegram knows the heart without the sign that gives it its colour (Bot API, ReactionTypeEmoji). */
function coloured(emoji) {
  return emoji === "❤" ? "❤\uFE0F" : emoji;
}

function Reactions({ message, view, tabIndex }) {
  if (!message.reactions) return null;
  return html`<span class="reactions">${
    message.reactions.map(({ emoji, accounts }) => {
      const isOwn = accounts.includes(view.account);
      const react = () => doing({ ...about("react", message, view), emoji: isOwn ? null : emoji });
      return html`
        <button type="button" class=${names("reaction", isOwn && "given")}
          tabindex=${tabIndex} aria-label=${`${emoji} ${accounts.length}`} aria-pressed=${isOwn}
          onClick=${react}>${coloured(emoji)} ${accounts.length}</button>
      `;
    })
  }</span>`;
}

function about(does, message, view) {
  return { does, who: view.who, message: message.id };
}

async function doing(deed) {
  showOutcome(await act(deed));
}

function More({ message, view, tabIndex }) {
  const own = message.account === view.account && message.by.is !== "bot";
  const isLive = message.more?.location?.live_period;
  const entries = [];
  if (view.replies) {
    entries.push({ name: "Reply", icon: "↩️", keepsFocus: true, run: () => view.replies(message) });
  }
  if (own && isLive) {
    entries.push({ name: "Move", icon: "🚶", run: () => doing(about("move", message, view)) });
  } else if (own && view.edits && !message.via) {
    entries.push({ name: "Edit", icon: "✏️", keepsFocus: true, run: () => view.edits(message) });
  }
  if (own || view.deletesAll) {
    entries.push({ name: "Delete", icon: "🗑️", run: () => doing(about("delete", message, view)) });
  }
  const emoji = EMOJI.map((emoji) => ({
    name: emoji,
    icon: coloured(emoji),
    run: () => doing({ ...about("react", message, view), emoji }),
  }));
  entries.push({ name: "React", icon: "🙂", entries: emoji, wide: true });
  return html`
    <${Menu} name="More" label="⋯" class="more" entries=${entries}
      tabIndex=${tabIndex} />
  `;
}

/** The buttons under a message. */
function Buttons({ message, view, tabIndex }) {
  if (!message.buttons) return null;
  return html`<div class="keyboard">${
    message.buttons.map((row) =>
      html`<div class="row">${
        row.map((button) =>
          html`
            <button type="button" tabindex=${tabIndex}
              onClick=${() => pressButton(button, message, view)}>${button
                .text}${{ open: " ↗", query: " ✎" }[button.does] ?? ""}</button>
          `
        )
      }</div>`
    )
  }</div>`;
}

async function pressButton({ text, does, value }, message, view) {
  switch (does) {
    case "press":
      return await doing({ ...about("press", message, view), button: text });
    case "copy":
      await navigator.clipboard?.writeText(value).catch(() => {});
      return showOutcome({ says: "Copied" });
    case "query":
      return view.onQuery?.(value);
    case "open":
      return view.opens ? view.opens(value, text) : showOutcome({ says: value });
    default:
      return showOutcome({ says: `“${text}” works in Telegram's own clients only.` });
  }
}
