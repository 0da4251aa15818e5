import type { Message } from "grammy/types";
import { assertEquals, assertMatch } from "@std/assert";
import type { ContentKind } from "../../src/message/content.ts";
import { textsOf } from "../support/desk.ts";
import { refusal } from "../support/refusal.ts";
import { fromBothSides, Side } from "../support/sides.ts";
import type { ContentSpec } from "../../playground/telegram/content.ts";

/** What the other side gets to see of a kind. */
type Becomes =
  /** The same, by one call of this method. */
  | "copyMessage"
  | "sendLocation"
  | "sendMessage"
  /** A line that says that something came; the sender is told how to send it instead. */
  | "explained"
  /** Nothing, and nobody is told. */
  | "nothing";

const service = (field: keyof Message, value: unknown = {}): ContentSpec => ({
  service: { [field]: value } as Partial<Message>,
});

/** One of each kind. Typed over all of them: a kind that is forgotten here does not compile. */
const KINDS: Record<ContentKind, [content: ContentSpec, becomes: Becomes]> = {
  text: ["tem pão?", "copyMessage"],
  photo: [{ photo: true, caption: "olha" }, "copyMessage"],
  live_photo: [{ live_photo: true }, "copyMessage"],
  video: [{ video: true }, "copyMessage"],
  animation: [{ animation: true }, "copyMessage"],
  audio: [{ audio: { title: "Samba" } }, "copyMessage"],
  document: [{ document: { fileName: "nota.pdf" } }, "copyMessage"],
  voice: [{ voice: true }, "copyMessage"],
  video_note: [{ video_note: true }, "copyMessage"],
  sticker: [{ sticker: true }, "copyMessage"],
  contact: [{ contact: true }, "copyMessage"],
  venue: [{ venue: true }, "copyMessage"],
  location: [{ location: true }, "copyMessage"],
  poll: [{ poll: { question: "Qual?", options: ["um", "dois"] } }, "copyMessage"],
  dice: [{ dice: { emoji: "🎯", value: 3 } }, "sendMessage"],
  rich_message: [{ rich_message: "título e texto" }, "copyMessage"],
  game: [{ game: true }, "copyMessage"],
  checklist: [{ checklist: true }, "copyMessage"],
  story: [{ story: true }, "explained"],
  paid_media: [{ paid_media: true }, "explained"],
  invoice: [{ invoice: true }, "explained"],
  giveaway: [{ giveaway: true }, "explained"],
  giveaway_winners: [{ giveaway_winners: true }, "explained"],
  gift: [service("gift"), "explained"],
  gift_upgrade_sent: [service("gift_upgrade_sent"), "explained"],
  unique_gift: [service("unique_gift"), "explained"],
  successful_payment: [service("successful_payment"), "explained"],
  refunded_payment: [service("refunded_payment"), "explained"],
  users_shared: [service("users_shared"), "explained"],
  chat_shared: [service("chat_shared", { request_id: 1, chat_id: -1009 }), "explained"],
  web_app_data: [service("web_app_data"), "explained"],
  passport_data: [service("passport_data"), "explained"],
  suggested_post_info: [service("suggested_post_info"), "explained"],
  unknown: [{ service: { hologram: {} } as Partial<Message> }, "explained"],
  giveaway_created: [service("giveaway_created"), "nothing"],
  giveaway_completed: [service("giveaway_completed"), "nothing"],
  checklist_tasks_done: [service("checklist_tasks_done"), "nothing"],
  checklist_tasks_added: [service("checklist_tasks_added"), "nothing"],
  poll_option_added: [service("poll_option_added"), "nothing"],
  poll_option_deleted: [service("poll_option_deleted"), "nothing"],
  suggested_post_approved: [service("suggested_post_approved"), "nothing"],
  suggested_post_approval_failed: [service("suggested_post_approval_failed"), "nothing"],
  suggested_post_declined: [service("suggested_post_declined"), "nothing"],
  suggested_post_paid: [service("suggested_post_paid"), "nothing"],
  suggested_post_refunded: [service("suggested_post_refunded"), "nothing"],
  community_chat_added: [service("community_chat_added"), "nothing"],
  community_chat_removed: [service("community_chat_removed"), "nothing"],
  community_chat_joined: [service("community_chat_joined"), "nothing"],
  chat_owner_left: [service("chat_owner_left"), "nothing"],
  chat_owner_changed: [service("chat_owner_changed"), "nothing"],
  new_chat_members: [service("new_chat_members", []), "nothing"],
  left_chat_member: [service("left_chat_member"), "nothing"],
  new_chat_title: [service("new_chat_title", "Padaria"), "nothing"],
  new_chat_photo: [service("new_chat_photo", []), "nothing"],
  delete_chat_photo: [service("delete_chat_photo", true), "nothing"],
  group_chat_created: [service("group_chat_created", true), "nothing"],
  supergroup_chat_created: [service("supergroup_chat_created", true), "nothing"],
  channel_chat_created: [service("channel_chat_created", true), "nothing"],
  managed_bot_created: [service("managed_bot_created"), "nothing"],
  message_auto_delete_timer_changed: [service("message_auto_delete_timer_changed"), "nothing"],
  migrate_to_chat_id: [service("migrate_to_chat_id", -1009), "nothing"],
  migrate_from_chat_id: [service("migrate_from_chat_id", -9), "nothing"],
  pinned_message: [service("pinned_message"), "nothing"],
  connected_website: [service("connected_website", "example.com"), "nothing"],
  write_access_allowed: [service("write_access_allowed"), "nothing"],
  proximity_alert_triggered: [service("proximity_alert_triggered"), "nothing"],
  boost_added: [service("boost_added"), "nothing"],
  chat_background_set: [service("chat_background_set"), "nothing"],
  forum_topic_created: [service("forum_topic_created"), "nothing"],
  forum_topic_edited: [service("forum_topic_edited"), "nothing"],
  forum_topic_closed: [service("forum_topic_closed"), "nothing"],
  forum_topic_reopened: [service("forum_topic_reopened"), "nothing"],
  general_forum_topic_hidden: [service("general_forum_topic_hidden"), "nothing"],
  general_forum_topic_unhidden: [service("general_forum_topic_unhidden"), "nothing"],
  paid_message_price_changed: [service("paid_message_price_changed"), "nothing"],
  direct_message_price_changed: [service("direct_message_price_changed"), "nothing"],
  video_chat_scheduled: [service("video_chat_scheduled"), "nothing"],
  video_chat_started: [service("video_chat_started"), "nothing"],
  video_chat_ended: [service("video_chat_ended"), "nothing"],
  video_chat_participants_invited: [service("video_chat_participants_invited"), "nothing"],
};

fromBothSides("each kind of message is shown, explained or silent", async (side) => {
  for (const [kind, [content, becomes]] of Object.entries(KINDS)) {
    side.forgets();
    const sent = await side.sends(content);
    const arrived = side.arrived();
    const told = side.told();
    switch (becomes) {
      case "nothing":
        // A group that says it has become another chat is looked for.
        assertEquals(
          [arrived, told, side.calls.filter((method) => !method.startsWith("get"))],
          [[], [], []],
          kind,
        );
        break;
      case "explained":
        assertEquals(arrived.length, 1, kind);
        assertMatch(
          arrived[0]!.text ?? "",
          /^🫥 Chegou algo que não pode ser mostrado aqui: /,
          kind,
        );
        assertEquals(told.length, 1, kind);
        assertMatch(told[0]!.text ?? "", /^⚠️ Não foi possível entregar .* Envie como /, kind);
        assertEquals(told[0]!.reply_to_message?.message_id, sent.message_id, kind);
        break;
      default:
        assertEquals(side.calls, [becomes], kind);
        assertEquals([arrived.length, told.length], [1, 0], kind);
        if (becomes === "copyMessage" && kind !== "poll") {
          const field = kind as keyof Message;
          assertEquals(arrived[0]![field], sent[field], kind);
        }
    }
  }
});

fromBothSides("what cannot be shown is said in its place, before what follows", async (side) => {
  for (const content of [{ giveaway: true }, { story: true }] as const) {
    side.says(content);
    side.says("e isto chega?");
  }
  await side.desk.settled();
  assertEquals(textsOf(side.arrived()), [
    "🫥 Chegou algo que não pode ser mostrado aqui: sorteio.",
    "e isto chega?",
    "🫥 Chegou algo que não pode ser mostrado aqui: story.",
    "e isto chega?",
  ]);
});

fromBothSides("dice show the value that was rolled", async (side) => {
  await side.sends({ dice: { emoji: "🎲", value: 5 } });
  assertEquals(textsOf(side.arrived()), ["🎲 5"]);
});

fromBothSides("a poll starts anew, a quiz stays a question", async (side) => {
  const options = ["francês", "sovado"];
  await side.sends({ poll: { question: "Qual pão?", options, allows_multiple_answers: true } });
  await side.sends({
    poll: { question: "Capital?", options: ["SP", "DF"], type: "quiz", correct_option_ids: [1] },
  });
  const [poll, quiz] = side.arrived().map(({ poll }) => poll!);
  assertEquals([poll!.question, poll!.allows_multiple_answers], ["Qual pão?", true]);
  assertEquals(poll!.options.map(({ text }) => text), options);
  assertEquals(quiz!.options.map(({ text }) => text), ["SP", "DF"]);
  // A bot sees the answer of a quiz only in private, and cannot copy one without.
  assertEquals(quiz!.type, side.from === "a customer" ? "quiz" : "regular");
  assertEquals(side.told(), []);
});

fromBothSides("custom emoji, link previews, spoilers and captions above are kept", async (side) => {
  const text = {
    text: "veja https://example.com 🙂",
    entities: [{
      type: "custom_emoji" as const,
      offset: 25,
      length: 2,
      custom_emoji_id: "5368324170671202286",
    }],
    link_preview_options: { url: "https://example.com", show_above_text: true },
  };
  const sentText = await side.sends(text);
  await side.sends({
    video: true,
    caption: "||segredo||",
    show_caption_above_media: true,
    has_media_spoiler: true,
  });
  const [shownText, video] = side.arrived();
  assertEquals(shownText!.entities, sentText.entities);
  assertEquals(shownText!.link_preview_options, text.link_preview_options);
  assertEquals([video!.show_caption_above_media, video!.has_media_spoiler], [true, true]);
});

fromBothSides(
  "whatever Telegram refuses, the other side is told that something came",
  async (side) => {
    const contents: [ContentSpec, string][] = [
      ["tem pão?", "texto"],
      [{ photo: true }, "foto"],
      [{ sticker: true }, "figurinha"],
      [{ checklist: true }, "lista de tarefas"],
      [{ game: true }, "jogo"],
      [{ venue: true }, "lugar"],
      [{ voice: true }, "mensagem de voz"],
      [{ rich_message: "título" }, "texto"],
    ];
    const refusals = [
      "Bad Request: the message can't be copied",
      "Bad Request: SOMETHING_NOBODY_HAS_SEEN",
      "Bad Request: message has protected content and can't be forwarded",
    ];
    for (const [content, kind] of contents) {
      for (const description of refusals) {
        side.forgets();
        const fault = refusal(description);
        side.desk.telegram.faults.rate(fault, 1, "copyMessage");
        const sent = await side.sends(content);
        side.desk.telegram.faults.clear();
        assertEquals(textsOf(side.arrived()), [
          `🫥 Chegou algo que não pode ser mostrado aqui: ${kind}.`,
        ]);
        assertMatch(side.told()[0]!.text!, /^⚠️ Não foi possível entregar/);
        assertEquals(side.told()[0]!.reply_to_message?.message_id, sent.message_id);
      }
    }
  },
);

fromBothSides("a story that the bot may not pass on is no account that is gone", async (side) => {
  side.desk.telegram.faults.next(
    "copyMessage",
    refusal("Forbidden: bot can't initiate conversation with a user", 403),
  );
  await side.sends({ story: true });
  assertEquals(textsOf(side.arrived()), ["🫥 Chegou algo que não pode ser mostrado aqui: story."]);
  assertMatch(side.told()[0]!.text!, /não permite copiar este tipo de mensagem \(story\)/);
});

for (const voiceIsRefusedBy of ["the Bot API server", "Telegram"] as const) {
  Deno.test(`a voice message to a customer who takes none is explained to its sender, if ${voiceIsRefusedBy} refuses it`, async () => {
    await using side = await Side.open("the team");
    side.desk.telegram.unproven.voiceIsRefusedBy = voiceIsRefusedBy;
    side.maria.forbidsVoiceMessages = true;
    for (const content of [{ voice: true }, { video_note: true }] as const) {
      const sent = await side.sends(content);
      const notice = side.told().at(-1)!;
      assertEquals(side.arrived(), []);
      assertEquals(notice.reply_to_message?.message_id, sent.message_id);
      assertMatch(
        notice.text!,
        /não aceita mensagens de voz nem de vídeo. Envie como texto ou arquivo.$/,
      );
    }
  });
}

fromBothSides("what was sent by way of an inline bot arrives without its label", async (side) => {
  const gif = side.desk.telegram.createBot({ name: "GIF", username: "gif" });
  await side.sends({ animation: true }, { viaBot: gif });
  const [shown] = side.arrived();
  assertEquals([shown!.animation !== undefined, shown!.via_bot], [true, undefined]);
});

Deno.test("a customer's message effect does no harm in the group, which has none", async () => {
  await using side = await Side.open("a customer");
  await side.sends("parabéns!", { effectId: "5104841245755180586" });
  assertEquals(textsOf(side.arrived()), ["parabéns!"]);
});
