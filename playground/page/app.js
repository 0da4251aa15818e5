/** The playground's page: three panes, the workshop below them, and a tour. */
import { Channel } from "./channel.js";
import { Customer } from "./customer.js";
import { connect, desk, useDesk } from "./desk.js";
import { LogGroup } from "./log.js";
import { Toasts } from "./toasts.js";
import { Token } from "./token.js";
import { Tour } from "./tour.js";
import { html, names, render, useEffect, useState } from "./view.js";
import { Story, Workshop } from "./workshop.js";

const PANES = ["Customer", "Channel", "Log group", "Workshop"];

function App() {
  const { head, isConnected } = useDesk();
  const [phone, setPhone] = useState();
  const [deskName, setDesk] = useState();
  const [cards, setCards] = useState({});
  const [pane, setPane] = useState("Customer");
  useEffect(connect, []);
  const role = head?.isUnclaimed ? "owner" : "customer";
  const first = head?.people.find((person) => person.role === role);
  // Whose phone is shown at first stays shown, whatever becomes of the desk.
  useEffect(() => setPhone((phone) => phone ?? first?.chat), [first === undefined]);
  if (!head || desk.chats.size === 0) {
    return html`
      <${Top} />
      <main>
        <p class="opening">
          Opening the desk …</p>
      </main>
    `;
  }
  const asked = head.people.find(({ chat, name }) => chat === phone || name === phone);
  const person = asked ?? first;
  const at = head.desks.find(({ name }) => name === deskName) ?? head.desks[0];
  const opens = (name, card) => {
    setDesk(name);
    setCards((cards) => ({ ...cards, [name]: card }));
  };
  const switching = { onDesk: setDesk, onPhone: setPhone };
  return html`
    <${Top}>
      <span class="time" title="The time in the playground"><${Clock} aheadMs=${head
        .aheadMs} /></span>
      <${Tour} onPane=${setPane} onCard=${opens} onPhone=${setPhone} />
      <${Story} />
    </${Top}>
    ${!isConnected &&
      html`<p class="lost" role="alert">The playground is not running any more.</p>`}
    <main><div class="panes">
      <${Customer} person=${person} isShown=${pane === "Customer"}
        isComing=${phone !== undefined && !asked}
        onPerson=${(name, chat) => setPhone(chat ?? name)} />
      <${Channel} ...${{ at, switching }} card=${at && cards[at.name]}
        onCard=${(card) => opens(at.name, card)} isShown=${pane === "Channel"} />
      <${LogGroup} ...${{ at, switching }} isShown=${pane === "Log group"} />
    </div>
    <${Workshop} isShown=${pane === "Workshop"}><${Token} /></${Workshop}></main>
    <nav class="tabs" aria-label="Panes">${PANES.map((name) =>
      html`
        <button type="button" key=${name} class=${names(name === pane && "chosen")}
          aria-current=${name === pane ? "page" : null} onClick=${() =>
            setPane(name)}>${name}</button>
      `
    )}</nav>
    <${Toasts} />
  `;
}

function Top({ children }) {
  return html`
    <header class="top">
      <h1><img src="/icon.svg" alt="" width="26" height="26" /> Balcão <span>playground</span></h1>
      <div class="top-tools">${children}</div>
    </header>
  `;
}

function Clock({ aheadMs }) {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), 5000);
    return () => clearInterval(timer);
  }, []);
  const now = new Date(Date.now() + aheadMs);
  return now.toLocaleString("en-GB", { weekday: "short", hour: "2-digit", minute: "2-digit" });
}

const place = document.getElementById("app");
place.replaceChildren();
render(html`<${App} />`, place);
