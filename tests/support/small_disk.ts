/** A disk of a few megabytes, which can be filled. */

const SIZE = "size=8m";
const BLOCK_BYTES = 4096;

/** Whether one may be made here. */
export const mayMount = Deno.build.os === "linux" && await triesToMount();

async function run(command: string, ...args: string[]): Promise<boolean> {
  const { success } = await new Deno.Command(command, { args, stdout: "null", stderr: "null" })
    .output();
  return success;
}

/** Containers keep even root from mounting. */
async function triesToMount(): Promise<boolean> {
  const folder = await Deno.makeTempDir();
  const isMounted = await run("mount", "-t", "tmpfs", "-o", SIZE, "tmpfs", folder);
  if (isMounted) await run("umount", folder);
  await Deno.remove(folder);
  return isMounted;
}

/** Dispose of it to take it away. */
export class Disk implements AsyncDisposable {
  private constructor(readonly path: string) {}

  static async make(): Promise<Disk> {
    const path = await Deno.makeTempDir({ prefix: "balcao-disk-" });
    if (!await run("mount", "-t", "tmpfs", "-o", SIZE, "tmpfs", path)) {
      throw new Error(`no disk could be mounted at ${path}`);
    }
    return new Disk(path);
  }

  get #ballast(): string {
    return `${this.path}/ballast`;
  }

  /** Leaves no room at all. */
  async fill(): Promise<void> {
    using ballast = await Deno.open(this.#ballast, { write: true, create: true, append: true });
    const block = new Uint8Array(BLOCK_BYTES);
    try {
      while (true) await ballast.write(block);
    } catch (error) {
      if (!/space/i.test(String(error))) throw error;
    }
  }

  /** Makes room. */
  async empty(): Promise<void> {
    await Deno.remove(this.#ballast);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await run("umount", this.path);
    await Deno.remove(this.path);
  }
}
