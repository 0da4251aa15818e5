/** The field for a token: the same bot, for real. */
import { desk } from "./desk.js";
import { html } from "./view.js";

/** The form; nothing where the playground cannot take a token. */
export function Token() {
  if (!desk.head?.token) return null;
  return html`<form class="tool token" method="post" action="/token">
    <label>Token <input name="token" autocomplete="off" spellcheck="false" size="14"
      placeholder="123456:ABC…" required /></label>
    <input type="hidden" name="once" value=${desk.head.token.once} />
    <button>Run it for real</button></form>`;
}
