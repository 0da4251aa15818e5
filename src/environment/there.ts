/** Whether something lies in the file system. */

/** Whether there is a file or folder of this name. */
export async function isThere(path: string | URL): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
