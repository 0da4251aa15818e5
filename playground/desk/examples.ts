/** An example of each kind of attachment, as a customer of a bakery might send it. */
import type { Attachment } from "../story/deed.ts";
import type { CaptionSpec, ContentSpec, ObjectSpec } from "../telegram/content.ts";

/** The bakery, and one step of whoever walks there. */
const PLACE = { latitude: 38.7139, longitude: -9.1394 };
const STEP = { latitude: 0.0006, longitude: 0.0009 };

/** The pieces of the album. */
export const ALBUM_PIECES = 3;

/** What is sent; a caption only where there can be one. The album's is its first piece. */
export function exampleOf(kind: Attachment, caption: string): ContentSpec {
  const captioned: CaptionSpec = caption === "" ? {} : { caption };
  switch (kind) {
    case "photo":
    case "album":
      return { photo: { width: 1280, height: 960 }, ...captioned };
    case "video":
      return { video: { durationS: 14 }, ...captioned };
    case "animation":
      return { animation: { durationS: 3, width: 480, height: 360 }, ...captioned };
    case "voice":
      return { voice: { durationS: 9 }, ...captioned };
    case "video_note":
      return { video_note: { durationS: 6 } };
    case "audio":
      return {
        audio: { title: "Pão quente", performer: "Os Fornos", durationS: 184 },
        ...captioned,
      };
    case "document":
      return { document: { fileName: "order.pdf", fileSize: 48_213 }, ...captioned };
    case "sticker":
      return { sticker: { emoji: "🥐" } };
    default:
      return objectOf(kind, caption);
  }
}

function objectOf(kind: Attachment, caption: string): ObjectSpec {
  switch (kind) {
    case "live_location":
      return { location: { ...PLACE, live_period: 900 } };
    case "venue":
      return {
        venue: { location: PLACE, title: "Padaria Central", address: "Rua das Flores, 120" },
      };
    case "contact":
      return { contact: { phone_number: "+351910000000", first_name: "Rui", last_name: "Costa" } };
    case "poll":
      return { poll: { question: caption || "Which bread?", options: ["Rye", "Corn", "Wheat"] } };
    case "quiz":
      return {
        poll: {
          question: caption || "At what time is the bread warm?",
          options: ["7:00", "9:00"],
          type: "quiz",
          correct_option_ids: [0],
        },
      };
    case "dice":
      return { dice: true };
    case "checklist":
      return { checklist: { title: caption || "To buy", tasks: ["Bread", "Milk", "Butter"] } };
    default:
      return { location: PLACE };
  }
}

/** A live location one step on. */
export function stepFrom(
  location: { latitude: number; longitude: number; live_period?: number },
): ContentSpec {
  const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6;
  return {
    location: {
      ...location,
      latitude: round(location.latitude + STEP.latitude),
      longitude: round(location.longitude + STEP.longitude),
    },
  };
}
