/** What somebody is shown for a moment who did something; alerts stay until they are dismissed. */
import { html, useEffect, useRef, useState } from "./view.js";

const SHOWN_MS = 4000;
let show = () => {};

/** Shows how a deed ended, if there is anything to say. */
export function showOutcome({ says, isAlert, refused } = {}) {
  if (says || refused) show({ words: says ?? refused, isAlert, isRefusal: Boolean(refused) });
}

/** Where it is shown. */
export function Toasts() {
  const [shown, setShown] = useState();
  const dialog = useRef();
  show = setShown;
  useEffect(() => {
    if (!shown) return;
    if (shown.isAlert) return void dialog.current?.showModal();
    const timer = setTimeout(() => setShown(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [shown]);
  return html`
    <div class="toasts" role="status">${shown && !shown.isAlert &&
      html`<p class=${shown.isRefusal ? "refusal" : ""}>${shown.words}</p>`}</div>
    ${shown?.isAlert && html`
      <dialog ref=${dialog} class="alert" aria-label="Alert"
        onClose=${() => setShown(undefined)}>
        <p>${shown.words}</p>
        <form method="dialog"><button autofocus>OK</button></form>
      </dialog>
    `}
  `;
}
