/** Addresses of messages, for people to tap (https://core.telegram.org/api/links#message-links). */

/** A post of a private channel; with a comment, the comments under it, at that one. */
export function addressOfPost(channelId: number, postId: number, commentId?: number): string {
  const comment = commentId === undefined ? "" : `?comment=${commentId}`;
  return `https://t.me/c/${String(channelId).replace(/^-100/, "")}/${postId}${comment}`;
}
