/** What can be changed of a simulated Telegram at any time. */
import type { AutoForward } from "./discussion.ts";
import type { FileServing } from "./files.ts";
import type { BotApiServer } from "./server.ts";
import type { Unproven } from "./unproven.ts";
import type { World } from "./world.ts";

/** The switches of one Telegram. */
export class TelegramSwitches {
  protected constructor(
    protected readonly world: World,
    protected readonly server: BotApiServer,
  ) {}

  /** When channel posts arrive in their discussion groups; may be changed at any time. */
  get autoForward(): AutoForward {
    return this.world.discussions.autoForward;
  }

  set autoForward(autoForward: AutoForward) {
    this.world.discussions.autoForward = autoForward;
  }

  /** What no source proves, as switches. */
  get unproven(): Unproven {
    return this.world.unproven;
  }

  /** Whether deleting a channel post deletes its automatic forward too: one of the switches. */
  get forwardDiesWithPost(): boolean {
    return this.unproven.forwardDiesWithPost;
  }

  set forwardDiesWithPost(dies: boolean) {
    this.unproven.forwardDiesWithPost = dies;
  }

  /** How bots get at files: by a Bot API server of Telegram's, or of the operator's own. */
  get fileServing(): FileServing {
    return this.world.files.serving;
  }

  set fileServing(serving: FileServing) {
    this.world.files.serving = serving;
  }

  /** Whether another bot's `file_id` can be read; then Telegram's servers refuse it. */
  get foreignFileIdsAreRead(): boolean {
    return this.world.files.foreignIdsAreRead;
  }

  set foreignFileIdsAreRead(areRead: boolean) {
    this.world.files.foreignIdsAreRead = areRead;
  }

  /** How long each call is on its way. */
  get latencyMs(): number {
    return this.server.latencyMs;
  }

  set latencyMs(latencyMs: number) {
    this.server.latencyMs = latencyMs;
  }
}
