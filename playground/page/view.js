/** What the components are written with: Preact's parts, and htm in place of JSX. */
import { h } from "preact";
import htm from "htm";

export const html = htm.bind(h);
export { render } from "preact";
export { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";

/** Class names: those that are given, without those that are not. */
export function names(...given) {
  return given.filter(Boolean).join(" ");
}
