/** What a message carries besides words: pictures, sounds, places, polls. */
import { html, names } from "./view.js";
import { clockTime, duration, hash, size } from "./words.js";

const PICTURES = ["bread", "cake", "receipt"];

/** The picture in place of one whose bytes nobody has. */
function drawn(file) {
  return `/${PICTURES[hash(file?.id) % PICTURES.length]}.svg`;
}

/** Where a picture is. */
function sourceOf(message, chat) {
  if (!message.file?.isThere) return drawn(message.file);
  return `/file?chat=${encodeURIComponent(chat)}&id=${message.id}&of=${message.file.id}`;
}

/** The pictures of an album, side by side. */
export function Album({ messages, chat }) {
  return html`<div class=${names("album", `of-${Math.min(messages.length, 4)}`)}>
    ${
    messages.map((message) =>
      html`
        <div class="piece" key=${message.id}>
          <${Body} message=${message} chat=${chat} />
        </div>
      `
    )
  }
  </div>`;
}

/** The body of a message above its text; nothing for texts. */
export function Body({ message, chat }) {
  const Shown = BODIES[message.kind];
  return Shown ? html`<${Shown} ...${{ message, chat, ...message.more }} />` : null;
}

function Photo({ message, chat }) {
  const { width = 4, height = 3 } = message.file ?? {};
  return html`
    <img class="photo" src=${sourceOf(message, chat)} alt="Photo" loading="lazy"
      width=${width} height=${height} />
  `;
}

function Video({ message }) {
  const { file, kind } = message;
  const label = kind === "animation" ? "GIF" : duration(file?.durationS);
  return html`
    <div class=${names("video", kind)} role="img"
      aria-label=${kind === "animation" ? "GIF" : `Video, ${label}`}>
        <img src=${drawn(file)} alt="" /><span class="play" aria-hidden="true">▶</span>
        <span class="badge">${label}</span></div>
  `;
}

function Round({ message }) {
  return html`
    <div class="round" role="img"
      aria-label="Round video, ${duration(message.file?.durationS)}"><img src=${drawn(
        message.file,
      )} alt="" /><span class="badge">${duration(message.file?.durationS)}</span></div>
  `;
}

function Sticker({ message }) {
  return html`<div class="sticker" role="img" aria-label="Sticker">${message.file?.emoji}</div>`;
}

/** As many bars as a client draws, the same in every copy. */
function Voice({ message }) {
  const seed = hash(message.file?.id);
  const bars = Array.from({ length: 36 }, (_, index) => {
    const wave = Math.abs(Math.sin(index * 0.55 + seed % 7)) * 0.6;
    return 0.15 + wave + ((seed >>> (index % 24)) & 1) * 0.25;
  });
  return html`
    <div class="voice" role="img"
      aria-label="Voice note, ${duration(
        message.file?.durationS,
      )}"><span class="disc" aria-hidden="true">▶</span>
        <span><svg viewBox="0 0 144 24" width="144" height="24" aria-hidden="true">${bars.map((
          height,
          index,
        ) =>
          html`<rect x=${index * 4} y=${24 - height * 22} width="2.4" height=${
            height * 22
          } rx="1.2" class=${index < 13 ? "heard" : ""} />`
        )}</svg><span class="small">${duration(message.file?.durationS)}</span></span></div>
  `;
}

function Audio({ message }) {
  const { file } = message;
  return html`<div class="file"><span class="disc" aria-hidden="true">♪</span><span>
    <b>${file?.title ?? "Music"}</b><span class="small">${duration(file?.durationS)}</span>
  </span></div>`;
}

function File({ message }) {
  const { file } = message;
  return html`<div class="file"><span class="disc" aria-hidden="true">↓</span><span>
    <b>${file?.name ?? "File"}</b><span class="small">${size(file?.bytes)}</span></span></div>`;
}

/** A map of nowhere, with a pin that moves as the place does. */
function Place({ message, location, venue }) {
  const live = location?.live_period;
  const [x, y] = [location?.longitude, location?.latitude].map((degrees) =>
    Math.round((degrees * 1e4) % 40)
  );
  const at = `${location?.latitude.toFixed(4)}, ${location?.longitude.toFixed(4)}`;
  return html`<div class="place">
    <div class="map" role="img" aria-label=${`Map at ${at}`}>
      <svg viewBox="0 0 240 120" aria-hidden="true">
        <g transform=${`translate(${-20 - Math.abs(x)} ${-10 - (40 - Math.abs(y))})`}>
          <rect width="360" height="220" class="land" />
          <path class="river" d="M0 190 C90 150 130 215 360 160 V220 H0z" />
          <rect class="park" x="40" y="26" width="70" height="52" rx="8" />
          <path class="road" d="M0 98H360M132 0V220M226 0V220M0 32L360 66M300 0L250 220M70 98V220" />
        </g>
        <path class="pin" d="M120 32a15 15 0 0 1 15 15c0 12-15 25-15 25s-15-13-15-25a15 15 0 0 1 15-15z" />
        <circle cx="120" cy="47" r="5.5" class="eye" />
      </svg>
    </div>
    ${venue && html`<b>${venue.title}</b><span class="small">${venue.address}</span>`}
    ${
    live &&
    html`<b>Live location</b><span class="small">updated ${
      clockTime(message.edited ?? message.date)
    } · ${at}</span>`
  }
  </div>`;
}

function Contact({ contact }) {
  const name = [contact.first_name, contact.last_name].filter(Boolean).join(" ");
  return html`<div class="file"><span class="disc" aria-hidden="true">${name[0]}</span><span>
    <b>${name}</b><span class="small">${contact.phone_number}</span></span></div>`;
}

function Poll({ poll }) {
  const total = poll.total_voter_count || 1;
  return html`<div class="poll"><b>${poll.question}</b><span class="small">${
    poll.is_closed ? "Final results" : poll.type === "quiz" ? "Anonymous quiz" : "Anonymous poll"
  }</span><ul>${
    poll.options.map(({ text, voter_count }) =>
      html`<li><span class="choice" aria-hidden="true"></span>${text}
        <span class="small">${Math.round((voter_count / total) * 100)}%</span></li>`
    )
  }</ul></div>`;
}

const PIPS = [[], [4], [0, 8], [0, 4, 8], [0, 2, 6, 8], [0, 2, 4, 6, 8], [0, 2, 3, 5, 6, 8]];

function Dice({ dice }) {
  if (dice.emoji !== "🎲") {
    return html`<div class="sticker" role="img" aria-label=${`${dice.emoji} ${dice.value}`}>${dice.emoji}</div>`;
  }
  return html`
    <svg class="dice" viewBox="0 0 60 60" width="72" role="img"
      aria-label=${`Dice, ${dice.value}`}><rect x="3" y="3" width="54" height="54" rx="12" />${PIPS[
        dice.value
      ]?.map((spot) =>
        html`<circle cx=${15 + (spot % 3) * 15} cy=${15 + Math.floor(spot / 3) * 15} r="5" />`
      )}</svg>
  `;
}

function Checklist({ checklist }) {
  return html`<div class="poll"><b>${checklist.title}</b><span class="small">Checklist</span><ul>${
    checklist.tasks.map(({ text, completion_date: done }) =>
      html`<li><span class=${
        names("choice", "square", done && "done")
      } aria-hidden="true"></span>${text}</li>`
    )
  }</ul></div>`;
}

function Other({ message }) {
  return html`<div class="file"><span class="disc" aria-hidden="true">★</span><b>${
    message.kind.replaceAll("_", " ")
  }</b></div>`;
}

const BODIES = {
  photo: Photo,
  live_photo: Photo,
  video: Video,
  animation: Video,
  video_note: Round,
  sticker: Sticker,
  voice: Voice,
  audio: Audio,
  document: File,
  location: Place,
  venue: Place,
  contact: Contact,
  poll: Poll,
  dice: Dice,
  checklist: Checklist,
  game: Other,
  story: Other,
  paid_media: Other,
  invoice: Other,
  giveaway: Other,
  giveaway_winners: Other,
  rich_message: Other,
};
