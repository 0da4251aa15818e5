/** The last look at the desk, kept for other starts and instances: they look together. */
import { createHash } from "node:crypto";
import type { ChannelName, Config } from "../../config.ts";
import type { Check } from "../../health/checklist.ts";
import { VERSION } from "../../version.ts";

/** What a look has found. */
export interface Look {
  /** When Telegram was asked. */
  askedMs: number;
  /** When it is to be looked at again because it has changed; absent: it has not. */
  againMs?: number;
  checks: Check[];
}

/** A look as it lies. */
interface KeptLook extends Look {
  /** A digest of what it was made with: another program, or token, looks for itself. */
  by: string;
}

/** Keeps the last look. */
export interface LookMemory {
  recall(name: "look"): Promise<KeptLook | null>;
  remember(name: "look", kept: KeptLook): Promise<void>;
}

/** Keeps looks at one bot's desk. */
export class KeptLooks {
  constructor(
    private readonly options: {
      config: Pick<Config, "botToken" | "locale" | "publicUrl">;
      memory: LookMemory;
    },
  ) {}

  /** The last look at the desk of a channel; `null`: none that was made as this program makes them. */
  async recall(channel: ChannelName | undefined): Promise<Look | null> {
    const kept = await this.options.memory.recall("look");
    return kept?.by === this.#madeWith(channel) ? kept : null;
  }

  /** Keeps a look. */
  async keep(channel: ChannelName | undefined, look: Look): Promise<void> {
    await this.options.memory.remember("look", { ...look, by: this.#madeWith(channel) });
  }

  #madeWith(channel: ChannelName | undefined): string {
    const { botToken, locale, publicUrl = "" } = this.options.config;
    const made = [VERSION, botToken, channel, locale, publicUrl];
    return createHash("sha256").update(JSON.stringify(made)).digest("hex");
  }
}
