/** The file in which somebody sees what is kept of them. */
import { assertEquals } from "@std/assert";
import type { TestDesk } from "./desk.ts";
import { asks, presses } from "./erasing.ts";
import type { SimulatedMessage, SimulatedUser } from "../../playground/telegram/telegram.ts";

/** The file somebody is sent who asks for their data. */
export async function dataOf(desk: TestDesk, who: SimulatedUser, button = "Meus dados") {
  const told = await asks(desk, who, "/privacidade");
  await presses(desk, who, told, button);
  const message = desk.toldTo(who).at(-1) as SimulatedMessage;
  assertEquals(message.document?.file_name, "data.json");
  const text = new TextDecoder().decode(desk.telegram.download(message));
  return { message, text, data: JSON.parse(text) };
}
