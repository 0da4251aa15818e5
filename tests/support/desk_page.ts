/** The playground's page as a person reads it: its panes, their messages, and what they do there. */
import type { Locator, Page } from "playwright-core";

/** One of the panes. */
export type PaneName = "Customer" | "Channel" | "Log group";

/** A page, seen by somebody. */
export class DeskPage {
  constructor(readonly page: Page) {}

  /** A pane; on a phone it is brought to the front first. */
  async pane(name: PaneName | "Workshop"): Promise<Locator> {
    const tab = this.page.getByRole("navigation", { name: "Panes" })
      .getByRole("button", { name, exact: true });
    if (await tab.isVisible()) await tab.click();
    return this.page.getByRole("region", { name, exact: true });
  }

  /** The newest message that says so itself, and does not only answer what does. */
  async message(name: PaneName, words: string | RegExp): Promise<Locator> {
    const said = this.page.locator(".words, .poll, .file, .place", { hasText: words });
    const pane = (await this.pane(name)).getByRole("listitem");
    const notes = pane.and(this.page.locator(".service")).filter({ hasText: words });
    return pane.filter({ has: said }).or(notes).last();
  }

  /** Resolves when a pane shows these words. */
  async shows(pane: PaneName, words: string | RegExp): Promise<void> {
    await (await this.message(pane, words)).waitFor();
  }

  /** Writes as whoever's phone is shown. */
  async writes(text: string): Promise<void> {
    await this.pane("Customer");
    await this.page.getByLabel("Message", { exact: true }).fill(text);
    await this.page.keyboard.press("Enter");
  }

  /** Chooses which desk is shown, once there is one that is called so. */
  async choosesDesk(name: string | RegExp): Promise<void> {
    const switches = (await this.pane("Channel")).getByRole("group", { name: "Which desk" });
    await switches.getByRole("button", { name }).click();
    await switches.getByRole("button", { name, pressed: true }).waitFor();
  }

  /** Has a second desk opened, and waits until it is. */
  async opensSecondDesk(title: string): Promise<void> {
    await (await this.pane("Channel")).getByRole("button", { name: "Open a second desk" }).click();
    await this.choosesDesk(title);
    const channel = await this.pane("Channel");
    await channel.getByRole("button", { name: "Open another desk", disabled: false }).waitFor();
  }

  /** Presses the button of the owner's keyboard that asks for a chat; a dialog follows. */
  async asked(button: RegExp): Promise<void> {
    const keyboard = (await this.pane("Customer")).getByRole("group", { name: "Keyboard" });
    await keyboard.getByRole("button", { name: button }).click();
    await this.page.getByRole("dialog").waitFor();
  }

  /** Opens the comments of a card. */
  async opens(customer: string): Promise<void> {
    const card = await this.message("Channel", customer);
    await card.getByRole("button", { name: /comment/i }).click();
    await this.page.getByLabel("Comment", { exact: true }).waitFor();
  }

  /** Comments under the open card. */
  async comments(text: string): Promise<void> {
    await this.pane("Channel");
    await this.page.getByLabel("Comment", { exact: true }).fill(text);
    await this.page.keyboard.press("Enter");
  }

  /** Chooses what is to be done with a message. */
  async more(message: Locator, action: string): Promise<void> {
    await message.hover();
    await message.getByRole("button", { name: "More" }).click();
    await this.page.getByRole("menuitem", { name: action, exact: true }).click();
  }

  /** Attaches an example of a kind, as whoever's phone is shown. */
  async attaches(pane: PaneName, kind: string): Promise<void> {
    await (await this.pane(pane)).getByRole("button", { name: "Attach" }).click();
    await this.page.getByRole("menuitem", { name: kind, exact: true }).click();
  }

  /** Turns a switch. */
  async turns(fault: string): Promise<void> {
    await this.pane("Workshop");
    await this.page.getByRole("switch", { name: fault, exact: true }).click();
  }

  /** Presses a button of the workshop. */
  async presses(button: string): Promise<void> {
    await this.pane("Workshop");
    await this.page.getByRole("button", { name: button }).click();
  }

  /** Resolves when the page says that everything has arrived. */
  async saysAllArrived(timeout = 30_000): Promise<void> {
    await this.pane("Workshop");
    const outbox = this.page.getByRole("group", { name: "Outbox" });
    try {
      await outbox.getByText("Everything has arrived, in order").waitFor({ timeout });
    } catch (error) {
      throw new Error(`It says: ${await outbox.innerText()}`, { cause: error });
    }
  }

  /** What the messages of a pane say, in order, without their times and ticks. */
  async texts(pane: PaneName): Promise<string[]> {
    return await (await this.pane(pane)).locator(".words").allInnerTexts();
  }
}
