/** A button that opens a menu: by mouse, by Enter, by arrows; Escape closes it. */
import { html, useLayoutEffect, useRef, useState } from "./view.js";

/**
 * `entries` are `{ name, icon, run }`, or with `entries` of their own, which take the menu's place;
 * `wide` lays them side by side.
 */
export function Menu({ name, label, class: kind, entries, tabIndex = 0, up = false, disabled }) {
  const [open, setOpen] = useState(undefined);
  const box = useRef();
  const button = useRef();
  const close = (isByKey) => {
    setOpen(undefined);
    if (isByKey) button.current?.focus();
  };

  // At once: whoever opens it by keyboard goes on by keyboard.
  useLayoutEffect(() => {
    if (!open) return;
    keepInside(box.current);
    box.current?.querySelector("[role=menuitem]")?.focus();
    const outside = ({ target }) => {
      if (!box.current?.contains(target) && !button.current?.contains(target)) close(false);
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [open]);

  const keys = (event) => {
    const all = [...box.current?.querySelectorAll("[role=menuitem]") ?? []];
    const at = all.indexOf(document.activeElement);
    const steps = { ArrowDown: 1, ArrowUp: -1, ArrowRight: 1, ArrowLeft: -1 };
    if (event.key === "Escape") close(true);
    else if (event.key === "Tab") return close(false);
    else if (event.key in steps) all.at((at + steps[event.key]) % all.length)?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const choose = (entry) => {
    if (entry.entries) return setOpen(entry);
    close(!entry.keepsFocus);
    entry.run();
  };
  const shown = open?.entries;
  return html`<span class=${`menu-of ${kind ?? ""}`}>
    <button type="button" class=${kind} ref=${button} tabindex=${tabIndex} aria-haspopup="menu"
      disabled=${disabled}
      aria-expanded=${Boolean(open)} title=${name} aria-label=${name}
      onClick=${() => setOpen(open ? undefined : { entries })}>${label ?? name}</button>
    ${
    shown && html`
      <div role="menu" aria-label=${name} ref=${box} onKeyDown=${keys}
        class=${`menu ${up ? "up" : ""} ${open.wide ? "wide" : ""}`}>${shown.map((entry) =>
          html`
            <button type="button" role="menuitem" tabindex="-1" key=${entry.name}
              aria-label=${entry.name} onClick=${() => choose(entry)}>
                      <span aria-hidden="true">${entry.icon}</span>${open.wide
                        ? ""
                        : entry.name}</button>
          `
        )}</div>
    `
  }
  </span>`;
}

/** Moves a menu so far that all of it is seen: nothing is seen beyond the edges of a pane. */
function keepInside(menu) {
  menu.style.translate = "none";
  const outer = (menu.closest(".pane") ?? document.documentElement).getBoundingClientRect();
  const inner = menu.getBoundingClientRect();
  const shift = (from, to, least, most) => Math.max(least - from, Math.min(0, most - to));
  const x = shift(inner.left, inner.right, outer.left + 6, outer.right - 6);
  const y = shift(inner.top, inner.bottom, outer.top + 6, outer.bottom - 6);
  menu.style.translate = `${x}px ${y}px`;
}

/** A button that shows what is chosen, and opens a menu of what else there is. */
export function Choice({ name, options, value, onChoose, up }) {
  const chosen = options.find((option) => option.value === value) ?? options[0];
  const entries = options.map(({ value, words }) => ({
    name: words,
    icon: value === chosen.value ? "✓" : "\u2002",
    run: () => onChoose(value),
  }));
  const label = html`<span>${chosen.words}</span><span aria-hidden="true"> ▾</span>`;
  return html`
    <${Menu} name=${`${name}: ${chosen.words}`} label=${label} class="choose"
      entries=${entries} up=${up} />
  `;
}
