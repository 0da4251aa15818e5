/** Which answers are signed, and what stands before their words then. */
import type { Shows } from "../../message/link.ts";
import { isWorded, signatureLine, signatureName } from "../../message/signature.ts";
import { type Snapshot, unsigned } from "../../message/snapshot.ts";
import type { AlbumTask } from "../../jobs/album_task.ts";
import type { RelayTask } from "../../jobs/message_task.ts";
import { isOn } from "../../settings/settings.ts";
import { defined } from "../../values/defined.ts";
import type { Formatted } from "../../words/formatted.ts";
import type { Delivery } from "./delivery.ts";

/** The name with which somebody signs what goes now; `undefined`: answers are not signed. */
export async function signsAs(
  { read, desk }: Pick<Delivery, "read" | "desk">,
  signer: string | undefined,
): Promise<string | undefined> {
  if (signer === undefined || !isOn(await read.settings(), "signature")) return undefined;
  return signatureName(signer, desk);
}

/** The message with the name that stands before it, if answers are signed when it goes. */
export async function withSignature(delivery: Delivery, task: RelayTask): Promise<RelayTask> {
  const snapshot = task.private?.snapshot;
  if (snapshot?.signer === undefined) return task;
  const signedAs = await signsAs(delivery, snapshot.signer);
  return {
    ...task,
    shows: { ...task.shows, ...defined({ signedAs }) },
    private: { ...task.private, snapshot: unsigned(snapshot) },
  };
}

/** The album with the name before the first of its captions. */
export async function withAlbumSignature(
  delivery: Delivery,
  task: AlbumTask,
): Promise<AlbumTask> {
  const { pieces, private: secret } = task;
  const { snapshots } = secret;
  const signer = snapshots.find((snapshot) => snapshot.signer !== undefined)?.signer;
  if (signer === undefined) return task;
  const signedAs = await signsAs(delivery, signer);
  const at = captionIn(snapshots);
  const { shows, ...piece } = pieces[at]!;
  return {
    ...task,
    pieces: pieces.with(at, { ...piece, shows: { ...shows, ...defined({ signedAs }) } }),
    private: { ...secret, snapshots: snapshots.map(unsigned) },
  };
}

/** The piece whose caption stands for its album: the first that has one. */
export function captionIn(snapshots: Snapshot[]): number {
  return Math.max(0, snapshots.findIndex(({ words }) => words !== undefined));
}

/** The line that stands before the words of what was signed; `undefined`: there are none, or none. */
export function signatureBefore(
  { kind, signedAs }: Pick<Shows, "kind" | "signedAs">,
  words: Formatted | undefined,
): Formatted | undefined {
  if (signedAs === undefined || !words || words.text === "" || !isWorded(kind)) return undefined;
  return signatureLine(signedAs);
}
