/** The desk as the page knows it: told by the server as it happens, and told to do things. */
import { useEffect, useState } from "./view.js";

/** A chat: its messages in order, by ID as well, and what is pinned, the newest last. */
function newChat() {
  return { messages: [], byId: new Map(), pinned: [], version: 0 };
}

/** Everything that is known. */
export const desk = { head: undefined, chats: new Map(), isConnected: false };

const listeners = new Set();
let isTelling = false;

/** Has every component drawn anew that looks at the desk; once a frame is enough. */
export function tell() {
  if (isTelling) return;
  isTelling = true;
  // A page that is not looked at has no frames.
  const soon = document.hidden ? (then) => setTimeout(then, 50) : requestAnimationFrame;
  soon(() => {
    isTelling = false;
    for (const listener of listeners) listener();
  });
}

/** The desk, for a component that is drawn anew when it changes. */
export function useDesk() {
  const [, draw] = useState(0);
  useEffect(() => {
    const listener = () => draw((count) => count + 1);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, []);
  return desk;
}

/** A chat by its name; empty if nobody has written in it. */
export function chatNamed(name) {
  let chat = desk.chats.get(name);
  if (!chat) desk.chats.set(name, chat = newChat());
  return chat;
}

function change({ chat: name, messages, gone, pinned }) {
  const chat = chatNamed(name);
  for (const message of messages) {
    const known = chat.byId.get(message.id);
    chat.byId.set(message.id, message);
    if (known) chat.messages[chat.messages.indexOf(known)] = message;
    else insert(chat.messages, message);
  }
  if (gone.length > 0) {
    const lost = new Set(gone);
    chat.messages = chat.messages.filter(({ id }) => !lost.has(id));
    for (const id of gone) chat.byId.delete(id);
  }
  if (pinned) chat.pinned = pinned;
  chat.version++;
}

function insert(messages, message) {
  let at = messages.length;
  while (at > 0 && messages[at - 1].id > message.id) at--;
  messages.splice(at, 0, message);
}

/** Listens to what happens, for as long as the page is open. */
export function connect() {
  const events = new EventSource("/events");
  events.addEventListener("all", ({ data }) => {
    desk.chats = new Map();
    for (const chat of JSON.parse(data).chats) change(chat);
    desk.isConnected = true;
    tell();
  });
  events.addEventListener("chats", ({ data }) => {
    for (const one of JSON.parse(data)) change(one);
    tell();
  });
  events.addEventListener("head", ({ data }) => {
    desk.head = JSON.parse(data);
    tell();
  });
  events.addEventListener("error", () => {
    desk.isConnected = false;
    tell();
  });
}

/** What each speaker is doing: their deeds are done in the order in which they were asked for. */
const underWay = new Map();

/** Does something; resolves with what whoever did it is shown: `says`, `isAlert`, or `refused`. */
export function act(deed) {
  // An answer to a press may take its time, and nobody waits for it.
  if (!deed.who || deed.does === "press") return post(deed);
  const speaker = JSON.stringify(deed.who);
  const done = (underWay.get(speaker) ?? Promise.resolve()).then(() => post(deed));
  underWay.set(speaker, done);
  return done;
}

async function post(deed) {
  try {
    const response = await fetch("/deeds", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(deed),
    });
    return await response.json();
  } catch {
    return { refused: "The playground is not running any more." };
  }
}

/** The time of the playground, in milliseconds. */
export function nowMs() {
  return Date.now() + (desk.head?.aheadMs ?? 0);
}

/** Whose card a channel post is: the customer, by the line with their ID. */
export function customerOf(post) {
  const id = Number(/^ID (\d+)$/m.exec(post?.text ?? "")?.[1]);
  return desk.head?.people.find((person) => person.id === id);
}

/** The first message of the comments under a channel post, once it is in the desk's group. */
export function rootOf(post, at) {
  return chatNamed(`group:${at.name}`).messages.find((message) => message.post === post.id);
}

/** How a deed says at which desk it is done: the first is meant where none is said. */
export function atDesk({ name }) {
  return desk.head.desks[0]?.name === name ? {} : { desk: name };
}

/** The ID of a chat by its name. */
export function idOf(chat) {
  const [kind, name] = chat.split(":");
  const { desks, people } = desk.head;
  const one = desks.find((one) => one.name === name);
  return one?.[kind]?.id ?? people.find((person) => person.chat === chat)?.id;
}
