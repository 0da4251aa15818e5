/** A row of faces to choose one of: whose phone, or which desk. Arrows lead from face to face. */
import { html } from "./view.js";
import { hash } from "./words.js";

/**
 * `faces` are `{ key, id, name, note, hasNews, run }`; `chosen` is the key of the one that is shown.
 * The children stand behind the row.
 */
export function Faces({ label, faces, chosen, children }) {
  const moves = (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    const all = [...event.currentTarget.children];
    all.at((all.indexOf(document.activeElement) + step) % all.length)?.focus();
  };
  return html`<div class="faces-row"><div class="row" role="group" aria-label=${label}
    onKeyDown=${moves}>${
    faces.map(({ key, id, name, note, hasNews, run }) =>
      html`
        <button type="button" key=${key} aria-pressed=${key === chosen}
          tabindex=${key === chosen ? 0 : -1} onClick=${run}>
          <span class=${`avatar tint-${hash(id) % 6}`} aria-hidden="true">${name[0]}</span>
          <span>${name}${note && html`<small> ${note}</small>`}</span>
          ${hasNews && html`<span class="news"><span class="unseen"> something new</span></span>`}
        </button>
      `
    )
  }</div>${children}</div>`;
}

/** The button that adds one more. */
export function AddFace({ name, onAdd, disabled }) {
  return html`
    <button type="button" class="add" onClick=${onAdd} title=${name} aria-label=${name}
      disabled=${disabled}><svg viewBox="0 0 20 20" width="18" aria-hidden="true">
        <path d="M10 4v12M4 10h12" /></svg></button>
  `;
}
