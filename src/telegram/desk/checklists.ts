/** The checklists of a bot's desks, each in a message of its own. */
import type { Api } from "grammy";
import type { Check } from "../../health/checklist.ts";
import type { Config } from "../../config.ts";
import type { Later } from "../../jobs/background.ts";
import type { Log } from "../../log.ts";
import type { Language } from "../../words/language.ts";
import type { Desks } from "./desks.ts";
import type { ServedDesk } from "./served_desk.ts";
import { ShownChecklist } from "./shown_checklist.ts";

/** What showing checklists needs of the world. */
export interface ChecklistsOptions {
  api: Api;
  config: Pick<Config, "locale">;
  desks: Desks;
  /** The whole checklist of a desk, but for what has to be tried. */
  checksOf: (served: ServedDesk) => Check[];
  botUsername: () => string;
  later: Later;
  log: Log;
}

/** Shows checklists, which follow what happens at their desks from then on. */
export class Checklists {
  readonly #shown = new Map<ServedDesk, ShownChecklist>();

  constructor(private readonly options: ChecklistsOptions) {
    const { desks, later } = options;
    desks.follow((served) => later(this.renew(served)));
  }

  /** Sends the checklist of one desk. */
  async show(served: ServedDesk, userId: number, language: Language): Promise<void> {
    await this.#of(served).show(userId, language);
  }

  /** Sends those of all desks, one after another. */
  async showAll(userId: number, language: Language): Promise<void> {
    for (const served of this.options.desks.all) await this.show(served, userId, language);
  }

  /** Has the checklist of a desk read as it is now, if it reads otherwise. */
  async renew(served: ServedDesk): Promise<void> {
    await this.#of(served).renew();
  }

  /** Has all of them read as they are now. */
  async renewAll(): Promise<void> {
    await Promise.all(this.options.desks.all.map((served) => this.renew(served)));
  }

  #of(served: ServedDesk): ShownChecklist {
    const known = this.#shown.get(served);
    if (known) return known;
    const { checksOf, ...options } = this.options;
    const shown = new ShownChecklist({
      ...options,
      memory: served.memory,
      channel: served.channel,
      nameOf: () => options.desks.markOf(served).desk,
      checks: () => [...checksOf(served), served.testMessage.check],
      look: () => served.watch.lookItself(),
    });
    this.#shown.set(served, shown);
    return shown;
  }
}
