/** A tour in six steps, in three languages: what to do, where, and a hand for who wants one. */
import { act, chatNamed, desk } from "./desk.js";
import { Choice } from "./menu.js";
import { TOUR } from "./tour_words.js";
import { html, useEffect, useState } from "./view.js";

/** Where each step happens, and how it is done for who does not do it. */
const STEPS = [
  {
    pane: "Customer",
    run: ({ say, customer }) =>
      act({ does: "write", who: { in: "private", name: customer.name }, text: say.hello }),
  },
  { pane: "Channel", run: ({ opens }) => opens() },
  {
    pane: "Channel",
    run: async ({ say, opens, thread }) => {
      opens();
      await act({ does: "write", who: thread, text: say.answer });
    },
  },
  {
    pane: "Customer",
    run: async ({ customer, say }) => {
      const own = chatNamed(customer.chat).messages.findLast(({ account, text }) =>
        account === customer.id && !text?.startsWith("/")
      );
      const who = { in: "private", name: customer.name };
      if (own) await act({ does: "edit", who, message: own.id, text: say.edited });
    },
  },
  {
    pane: "Workshop",
    run: async ({ customer, say }) => {
      await act({ does: "fault", fault: "5xx", isOn: true });
      for (const text of say.flood) {
        await act({ does: "write", who: { in: "private", name: customer.name }, text });
      }
      await act({ does: "kill" });
    },
  },
  {
    pane: "Workshop",
    run: async () => {
      for (const fault of desk.head.weather.on) await act({ does: "fault", fault, isOn: false });
    },
  },
];

const LANGUAGES = { pt: "Português", en: "English", es: "Español" };

function spoken() {
  return navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => tag in LANGUAGES) ?? "en";
}

/** The button, and the card with the step that is shown. */
export function Tour({ onPane, onCard, onPhone }) {
  const [at, setAt] = useState();
  const [language, setLanguage] = useState(spoken);
  const step = STEPS[at];
  useEffect(() => {
    document.body.dataset.tour = step?.pane ?? "";
    if (!step) return;
    onPane(step.pane);
    if (step.pane === "Customer") onPhone(customer.chat);
  }, [at]);
  const words = TOUR[language];
  const customer = desk.head.people.find(({ role }) => role === "customer");
  const opens = () => {
    const [first] = desk.head.desks;
    const post = first &&
      chatNamed(`channel:${first.name}`).messages.findLast(({ text }) =>
        text?.includes(`ID ${customer.id}`)
      );
    if (post) onCard(first.name, post.id);
  };
  const thread = { in: "thread", name: "ana", customer: customer?.name };
  const show = () => step.run({ say: words.say, customer, opens, thread });
  return html`
    <button type="button" class="strong" onClick=${() => setAt(at === undefined ? 0 : undefined)}
      aria-expanded=${at !== undefined}>Tour</button>
        ${step && html`
          <aside class="tour" aria-label="Guide" lang=${language}>
            <p class="step"><span lang="en">${at + 1} of ${STEPS.length}</span>
                  <${Choice} name="Language" value=${language} onChoose=${setLanguage}
          options=${Object.entries(LANGUAGES).map(([value, words]) => ({ value, words }))} /></p>
            <h2>${words.steps[at].title}</h2>
            <p>${words.steps[at].text}</p>
            <div class="row">
              <button type="button" onClick=${show}>${words.show}</button>
              <span class="spring"></span>
              <button type="button" onClick=${() => setAt(undefined)}>Skip</button>
              <button type="button" class="strong"
                onClick=${() => setAt(at + 1 < STEPS.length ? at + 1 : undefined)}>Next</button>
            </div>
          </aside>
        `}
  `;
}
