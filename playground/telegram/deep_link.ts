/**
 * Links that open a bot or a chat, as clients read them (https://core.telegram.org/api/links and
 * LinkManager.cpp of tdlib/td).
 */
import type { ChatAdministratorRights } from "grammy/types";

/** What a link asks a client to do. */
export type DeepLink =
  /** Open the private chat with a bot and offer to start it. */
  | { kind: "start"; username: string; payload: string }
  /** Add a bot to a group of one's choice, with rights or as a member, and start it there. */
  | { kind: "startgroup"; username: string; payload: string; rights: Rights | undefined }
  /** Make a bot administrator of a channel of one's choice. */
  | { kind: "startchannel"; username: string; rights: Rights }
  /** Join a chat. */
  | { kind: "invite"; address: string };

type Rights = Partial<ChatAdministratorRights>;

/** The rights that links can ask for; other words are ignored. */
const RIGHTS: Readonly<Record<string, keyof ChatAdministratorRights>> = {
  anonymous: "is_anonymous",
  change_info: "can_change_info",
  delete_messages: "can_delete_messages",
  delete_stories: "can_delete_stories",
  edit_messages: "can_edit_messages",
  edit_stories: "can_edit_stories",
  invite_users: "can_invite_users",
  manage_chat: "can_manage_chat",
  manage_direct_messages: "can_manage_direct_messages",
  manage_tags: "can_manage_tags",
  manage_topics: "can_manage_topics",
  manage_video_chats: "can_manage_video_chats",
  pin_messages: "can_pin_messages",
  post_messages: "can_post_messages",
  post_stories: "can_post_stories",
  promote_members: "can_promote_members",
  restrict_members: "can_restrict_members",
};

const HOSTS = ["t.me", "telegram.me", "telegram.dog"];

/** Reads a link; throws if no client would know what to do with it. */
export function parseDeepLink(link: string): DeepLink {
  const text = /^(t|telegram)\.(me|dog)\//i.test(link) ? `https://${link}` : link;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "tg:" && url.hostname === "resolve") {
    return parseBotLink(url.searchParams.get("domain") ?? "", url.searchParams);
  }
  if (url === undefined || !/^https?:$/.test(url.protocol) || !HOSTS.includes(url.hostname)) {
    throw new Error(`"${link}" is no link of Telegram's`);
  }
  const path = url.pathname.slice(1);
  if (/^(\+|joinchat\/)[\w-]+$/.test(path)) {
    return { kind: "invite", address: `https://t.me/+${path.replace(/^(\+|joinchat\/)/, "")}` };
  }
  return parseBotLink(path.replace(/\/$/, ""), url.searchParams);
}

function parseBotLink(username: string, query: URLSearchParams): DeepLink {
  if (!/^[a-z]\w{2,31}$/i.test(username)) throw new Error(`"${username}" is no username`);
  const admin = query.get("admin");
  const rights = admin === null ? undefined : rightsOf(admin);
  if (query.has("startchannel")) {
    if (rights === undefined) throw new Error("A link to a channel has to name rights");
    return { kind: "startchannel", username, rights };
  }
  const kind = query.has("startgroup") ? "startgroup" : "start";
  const payload = query.get(kind) ?? "";
  if (!/^[\w-]{0,64}$/.test(payload)) {
    throw new Error(`"${payload}" is no start parameter: 1 to 64 letters, digits, _ and -`);
  }
  return kind === "start" ? { kind, username, payload } : { kind, username, payload, rights };
}

/** In a query a plus is a space. Without a known word there are no rights. */
function rightsOf(words: string): Rights | undefined {
  const rights = words.split(/[ +]/).flatMap((word) => RIGHTS[word] ?? []);
  return rights.length === 0 ? undefined : Object.fromEntries(rights.map((name) => [name, true]));
}
