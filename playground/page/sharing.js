/** Where the owner chooses the chat that the bot asks for, or creates it. */
import { act, desk } from "./desk.js";
import { nextTitle } from "./desks.js";
import { showOutcome } from "./toasts.js";
import { html, useEffect, useRef } from "./view.js";
import { hash } from "./words.js";

/** The dialog. `asked` is `{ person, kind, button }`; `onClose` is called when it is over. */
export function ChatChooser({ asked, onClose }) {
  const dialog = useRef();
  useEffect(() => dialog.current?.showModal(), []);
  const { person, kind, button } = asked;
  const chats = desk.head.desks.filter((one) => one[kind]);
  const shares = async (name) => {
    dialog.current?.close();
    showOutcome(
      await act({ does: "share", name: person.name, chat: kind, button, desk: name }),
    );
  };
  const creates = async (event) => {
    event.preventDefault();
    const title = new FormData(event.currentTarget).get("title").trim();
    if (title === "") return;
    const outcome = await act({ does: "create", name: person.name, title });
    if (outcome.refused) return showOutcome(outcome);
    await shares(outcome.desk);
  };
  return html`
    <dialog ref=${dialog} class="chooser" aria-label=${`Choose a ${kind}`} onClose=${onClose}>
      <h2>Choose a ${kind}</h2>
      ${chats.length === 0 && html`<p class="small">${person.firstName} has none yet.</p>`}
      <ul>${chats.map((one) =>
        html`<li key=${one.name}><button type="button" onClick=${() => shares(one.name)}>
          <span class=${`avatar tint-${hash(one[kind].id) % 6}`}
            aria-hidden="true">${one[kind].title[0]}</span>
          <span>${one[kind].title}</span></button></li>`
      )}</ul>
      ${kind === "channel" && html`
        <form class="create" onSubmit=${creates}>
          <label>New channel <input name="title" maxlength="128" autocomplete="off" required
            defaultValue=${nextTitle()} /></label>
          <button class="strong">Create</button>
        </form>
      `}
      <form method="dialog"><button>Cancel</button></form>
    </dialog>
  `;
}
