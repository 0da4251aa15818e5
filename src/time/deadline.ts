/** Waiting that has an end. */

/**
 * Resolves with what `work` resolves with, or with `otherwise` if that takes longer. The work goes
 * on; if it rejects in time, so does this.
 */
export async function withDeadline<T, Otherwise>(
  ms: number,
  work: Promise<T>,
  otherwise: Otherwise,
): Promise<T | Otherwise> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Otherwise>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
