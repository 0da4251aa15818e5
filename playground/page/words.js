/** Small things said in numbers: times, sizes, durations. */

const pad = (number) => String(number).padStart(2, "0");

/** `14:05`, of a time in seconds. */
export function clockTime(seconds) {
  const date = new Date(seconds * 1000);
  return `${pad(date.getHours())}:${pad(date.getMinutes())}`;
}

/** The day of a time in seconds, as a heading. */
export function dayOf(seconds) {
  return new Date(seconds * 1000).toLocaleDateString("en", { day: "numeric", month: "long" });
}

/** `0:09`. */
export function duration(seconds = 0) {
  return `${Math.floor(seconds / 60)}:${pad(Math.floor(seconds) % 60)}`;
}

/** `47 KB`. */
export function size(bytes = 0) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** `1 comment`, `3 comments`. */
export function count(number, one) {
  return `${number} ${one}${number === 1 ? "" : "s"}`;
}

/** A number that always is the same for the same words. */
export function hash(words) {
  let sum = 2166136261;
  for (const letter of String(words)) sum = Math.imul(sum ^ letter.codePointAt(0), 16777619);
  return sum >>> 0;
}

/** What a message is called in one line. */
export function excerpt(message) {
  if (!message) return "Deleted message";
  const said = message.text?.replace(/\s+/g, " ").trim();
  return said || KINDS[message.kind] || message.kind.replaceAll("_", " ");
}

/** How kinds are called. */
export const KINDS = {
  photo: "Photo",
  album: "Album",
  video: "Video",
  animation: "GIF",
  voice: "Voice note",
  video_note: "Round video",
  audio: "Music",
  document: "File",
  sticker: "Sticker",
  location: "Location",
  live_location: "Live location",
  venue: "Place",
  contact: "Contact",
  poll: "Poll",
  quiz: "Quiz",
  dice: "Dice",
  checklist: "Checklist",
};

/** What stands before each kind in a menu. */
export const KIND_ICONS = {
  photo: "🖼️",
  album: "🗂️",
  video: "🎬",
  animation: "🎞️",
  voice: "🎤",
  video_note: "⭕",
  audio: "🎵",
  document: "📄",
  sticker: "🥐",
  location: "📍",
  live_location: "🛰️",
  venue: "🏠",
  contact: "👤",
  poll: "📊",
  quiz: "❓",
  dice: "🎲",
  checklist: "☑️",
};
