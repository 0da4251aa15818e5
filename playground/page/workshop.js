/** Where things are broken, time passes, and the outbox can be watched. */
import { act, desk } from "./desk.js";
import { Choice } from "./menu.js";
import { showOutcome } from "./toasts.js";
import { html, names, useEffect, useRef, useState } from "./view.js";
import { count } from "./words.js";

const FAULTS = [
  ["429", "429", "Telegram: too many requests, wait 3 s"],
  ["5xx", "5xx", "Telegram's servers fail"],
  ["lost answers", "Lost answers", "Telegram does it, and the answer never comes"],
  ["slow", "Slow", "Every call takes a second and a half"],
];
const WAITS = [
  [60_000, "1 min"],
  [600_000, "10 min"],
  [3_600_000, "1 h"],
  [28_800_000, "8 h"],
  [86_400_000, "1 day"],
  [345_600_000, "4 days"],
];

/** The dock below the panes. */
export function Workshop({ isShown, children }) {
  return html`
    <section class=${names("workshop", !isShown && "away")} aria-label="Workshop">
      <div class="tools">
          <${Faults} />
          <${Forwards} />
          <${Death} />
          <${Waiting} />
          ${children}
        </div>
      <${Outbox} />
    </section>
  `;
}

function Faults() {
  const { on } = desk.head.weather;
  return html`<div class="tool" role="group" aria-label="Break something">${
    FAULTS.map(([fault, name, title]) => {
      const isOn = on.includes(fault);
      const turn = async () => showOutcome(await act({ does: "fault", fault, isOn: !isOn }));
      return html`
        <button type="button" role="switch" class="switch" aria-checked=${isOn}
          title=${title}
          onClick=${turn}><span class="knob" aria-hidden="true"></span>${name}</button>
      `;
    })
  }</div>`;
}

function Forwards() {
  const { forwards } = desk.head.weather;
  const choose = async (how) => showOutcome(await act({ does: "forwards", how }));
  const options = ["on time", "late", "withheld"].map((how) => ({ value: how, words: how }));
  return html`<span class="tool" title="When Telegram forwards a card into the group">Forwards
    <${Choice} name="Automatic forwards" options=${options} value=${forwards} onChoose=${choose}
      up=${true} /></span>`;
}

function Death() {
  const [isBusy, setBusy] = useState(false);
  const kill = async () => {
    setBusy(true);
    showOutcome(await act({ does: "kill" }));
    setBusy(false);
  };
  const { isAlive, token } = desk.head.bot;
  return html`
    <button type="button" class="danger" onClick=${kill}
      disabled=${isBusy || Boolean(token)}>
        ${isAlive || token
          ? "Kill and restart"
          : html`Kill and restart <span class="small">… dead</span>`}
      </button>
  `;
}

function Waiting() {
  const [ms, setMs] = useState(3_600_000);
  const [isBusy, setBusy] = useState(false);
  const pass = async () => {
    setBusy(true);
    showOutcome(await act({ does: "wait", ms }));
    setBusy(false);
  };
  const options = WAITS.map(([value, words]) => ({ value, words }));
  return html`<span class="tool">
    <button type="button" onClick=${pass} disabled=${isBusy}>Let time pass</button>
    <${Choice} name="How long" options=${options} value=${ms} onChoose=${setMs} up=${true} /></span>`;
}

const DIRECTIONS = { "to-team": "→ team", "to-customer": "→ customer", "to-desk": "→ desk" };

/** What the bot still owes, lane by lane; and, once it owes nothing, that all has arrived. */
function Outbox() {
  const { progress, bot, people } = desk.head;
  const lanes = Map.groupBy(
    progress.waiting,
    ({ customerId, direction }) =>
      `${people.find(({ id }) => id === customerId)?.firstName ?? "Desk"} ${
        DIRECTIONS[direction] ?? ""
      }`,
  );
  return html`
    <div class=${names(
      "outbox",
      !bot.isAlive && !bot.token && "dead",
    )} role="group" aria-label="Outbox">
      <b>Outbox</b><div class="jobs">${[...lanes].map(([lane, jobs]) =>
        html`<div class="lane" key=${lane}><b>${lane}</b>${
          jobs.slice(0, 12).map((job, index) =>
            html`
              <span key=${index} class=${names("job", job.attempts > 0 && "tried")}
                title=${job.attempts > 0 ? `tried ${count(job.attempts, "time")}` : "waits"}>${job
                  .kind}${job.attempts > 0 ? ` ×${job.attempts}` : ""}</span>
            `
          )
        }${jobs.length > 12 && html`<span class="job">+${jobs.length - 12}</span>`}</div>`
      )}</div>
      <p class=${names("verdict", progress.hasAllArrived && "good")} role="status">${verdict(
        progress,
        bot,
      )}</p>
    </div>
  `;
}

function verdict({ waiting, givenUp, missing, disordered, hasAllArrived }, { isAlive, token }) {
  if (token) return "No bot runs yet: give it its token";
  if (!isAlive) {
    return `The bot is dead; in its outbox: ${count(waiting.length, "job")}`;
  }
  if (hasAllArrived) return "Everything has arrived, in order";
  if (waiting.length > 0) return `Outbox: ${count(waiting.length, "job")} under way`;
  if (disordered > 0) return `${count(disordered, "message")} out of order`;
  if (missing.length > 0 && givenUp > 0) {
    return `${count(givenUp, "message")} given up, and said so to who wrote`;
  }
  if (missing.length > 0) return `${count(missing.length, "message")} under way`;
  return "Nothing has been written yet";
}

/** The story so far, to be taken along. */
export function Story() {
  const [story, setStory] = useState();
  const dialog = useRef();
  const copy = async () => {
    const text = await fetch("/story").then((answer) => answer.text());
    const isCopied = await navigator.clipboard?.writeText(text).then(() => true, () => false);
    setStory({ text, isCopied });
  };
  useEffect(() => {
    if (story) dialog.current?.showModal();
  }, [story]);
  return html`<button type="button" onClick=${copy}>Copy this story</button>
    ${
    story && html`
      <dialog ref=${dialog} class="story" aria-label="This story"
        onClose=${() => setStory(undefined)}>
        <h2>This story</h2>
        <p>${story.isCopied
          ? "It is on your clipboard. "
          : "Copy it from here. "}Saved to a file, <code>deno task play FILE</code> tells it again.</p>
        <textarea readonly aria-label="Story" rows="12" value=${story.text}></textarea>
        <form method="dialog"><button autofocus>Close</button></form>
      </dialog>
    `
  }`;
}
