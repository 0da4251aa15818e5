/**
 * A list that draws only what is near what is looked at: ten thousand messages scroll like ten. It
 * keeps to its end while its end is in view, as chats do.
 */
import { html, useEffect, useLayoutEffect, useRef, useState } from "./view.js";

/** From how many items on only some are drawn. */
const MANY = 120;
/** How far beyond what is in view items are drawn, in pixels. */
const MARGIN_PX = 900;
/** How high an item is taken to be that was never drawn, in pixels. */
const GUESS_PX = 64;
/** So near to its end a list is at its end, in pixels. */
const NEAR_PX = 60;

/**
 * `items` have a `key`, and `draw(item)` gives the content of each `li`. `shown` is a key that is
 * brought into view when it changes; `place` names what the list is of: another one begins at its end.
 */
export function List({ items, draw, label, place, shown, rowClass }) {
  const box = useRef();
  const heights = useRef(new Map());
  const isAtEnd = useRef(true);
  const [top, setTop] = useState(0);
  const [, measureAgain] = useState(0);
  const [active, setActive] = useState();
  const { from, to, before, after } = windowOf(items, heights.current, top, box.current);

  useLayoutEffect(() => {
    heights.current = new Map();
    isAtEnd.current = true;
    setActive(undefined);
    measureAgain((count) => count + 1);
  }, [place]);

  useLayoutEffect(() => {
    let isNew = false;
    for (const row of box.current.querySelectorAll(":scope > ol > li")) {
      const height = row.getBoundingClientRect().height;
      if (heights.current.get(row.dataset.key) === height) continue;
      heights.current.set(row.dataset.key, height);
      isNew = true;
    }
    if (isAtEnd.current) box.current.scrollTop = box.current.scrollHeight;
    if (isNew && items.length > MANY) measureAgain((count) => count + 1);
  });

  useEffect(() => {
    // Pictures come later than words, and panes change their size.
    const watcher = new ResizeObserver(() => {
      if (box.current && isAtEnd.current) box.current.scrollTop = box.current.scrollHeight;
    });
    watcher.observe(box.current);
    watcher.observe(box.current.firstElementChild);
    return () => watcher.disconnect();
  }, []);

  useLayoutEffect(() => {
    if (shown === undefined) return;
    const at = items.findIndex(({ key }) => key === shown.key);
    if (at < 0) return;
    isAtEnd.current = false;
    box.current.scrollTop = Math.max(0, offsetOf(items, heights.current, at) - 80);
    const row = () => box.current?.querySelector(`li[data-key="${CSS.escape(shown.key)}"]`);
    requestAnimationFrame(() => {
      row()?.scrollIntoView({ block: "center" });
      row()?.classList.add("found");
      setTimeout(() => row()?.classList.remove("found"), 1600);
    });
  }, [shown]);

  const scrolls = ({ currentTarget: at }) => {
    isAtEnd.current = at.scrollHeight - at.scrollTop - at.clientHeight < NEAR_PX;
    if (items.length > MANY) setTop(at.scrollTop);
  };
  const activeKey = items.some(({ key }) => key === active) ? active : items.at(-1)?.key;
  const moves = (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1, Home: -items.length, End: items.length }[event.key];
    const onRow = event.target.closest("li[data-key]");
    if (!step || !onRow || event.target.closest("[role=menu], textarea")) return;
    const meant = items.findIndex(({ key }) => key === onRow.dataset.key) + step;
    const at = Math.min(Math.max(meant, 0), items.length - 1);
    event.preventDefault();
    setActive(items[at].key);
    if (at === items.length - 1) box.current.scrollTop = box.current.scrollHeight;
    requestAnimationFrame(() => {
      const row = box.current.querySelector(`li[data-key="${CSS.escape(items[at].key)}"]`);
      (row?.querySelector(".more > button") ?? row?.querySelector("button"))?.focus();
    });
  };
  return html`
    <div class="list" ref=${box} onScroll=${scrolls} onKeyDown=${moves}
      onFocusIn=${({ target }) => setActive(target.closest("li[data-key]")?.dataset.key)}>
      <ol aria-label=${label} style=${{
        paddingTop: `${before}px`,
        paddingBottom: `${after}px`,
      }}>${items.slice(from, to).map((item) =>
        html`<li key=${item.key} data-key=${item.key} class=${rowClass(item)}>${
          draw(item, item.key === activeKey ? 0 : -1)
        }</li>`
      )}</ol>
    </div>
  `;
}

/** What of a list is drawn, and how high the rest before and after it is. */
function windowOf(items, heights, top, box) {
  if (items.length <= MANY || !box) {
    const from = box ? 0 : Math.max(0, items.length - MANY);
    return { from, to: items.length, before: 0, after: 0 };
  }
  const [first, last] = [top - MARGIN_PX, top + box.clientHeight + MARGIN_PX];
  let offset = 0, from = 0, before = 0;
  while (from < items.length) {
    const next = offset + heightOf(items[from], heights);
    if (next > first) break;
    offset = next;
    from++;
  }
  before = offset;
  let to = from;
  while (to < items.length && offset < last) offset += heightOf(items[to++], heights);
  let after = 0;
  for (let at = to; at < items.length; at++) after += heightOf(items[at], heights);
  return { from, to, before, after };
}

function offsetOf(items, heights, index) {
  return items.slice(0, index).reduce((sum, item) => sum + heightOf(item, heights), 0);
}

function heightOf({ key }, heights) {
  return heights.get(key) ?? GUESS_PX;
}
