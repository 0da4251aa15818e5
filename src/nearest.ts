/** stub */
export function nearest(_w: string, _ws: readonly string[]): string | undefined {
  return undefined;
}
