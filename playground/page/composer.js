/**
 * Where somebody writes: with what is answered or edited above it, commands behind a slash, what
 * the bot offers behind its name, and things to attach.
 */
import { act, desk } from "./desk.js";
import { Menu } from "./menu.js";
import { showOutcome } from "./toasts.js";
import { html, useEffect, useLayoutEffect, useRef, useState } from "./view.js";
import { excerpt, KIND_ICONS, KINDS } from "./words.js";

/** How long is waited after a letter before the bot is asked. */
const TYPING_MS = 150;

/**
 * `label` names it; `who` speaks; `as` is how a story calls them; `about` is `{ answers, quote }`,
 * `{ edits }` or `{ text }` to begin with, and `onAbout` takes another; `menu` are the commands.
 */
export function Composer({ label, placeholder, who, as, about, onAbout, menu, disabled }) {
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState(0);
  const [isHidden, setHidden] = useState(false);
  const input = useRef();
  const found = useOffers(as, text);
  const offers = isHidden ? undefined : found;
  const options = isHidden ? [] : offers ?? commandsFor(menu, text);
  const id = `${label.toLowerCase()}-suggestions`;

  // At once: whoever chose it goes on typing.
  useLayoutEffect(() => {
    if (!about) return;
    if (about.edits) setText(about.edits.text ?? "");
    if (about.text !== undefined) setText(about.text);
    input.current?.focus();
  }, [about]);
  useEffect(() => setChosen(0), [text]);
  useLayoutEffect(() => {
    input.current.style.height = "auto";
    input.current.style.height = `${Math.min(input.current.scrollHeight, 140)}px`;
  }, [text]);

  const { send, attach, take } = writing({ who, about, onAbout, text, setText, input });
  const keys = (event) =>
    pressed(event, {
      text,
      options,
      offers,
      chosen,
      setChosen,
      about,
      setText,
      onAbout,
      setHidden,
      send,
      take,
    });
  const kinds = Object.entries(KINDS).map(([kind, name]) => ({
    name,
    icon: KIND_ICONS[kind],
    run: () => attach(kind),
  }));
  return html`<div class="composer">
    <${Suggestions} id=${id} options=${options} chosen=${chosen} take=${take} offers=${offers} />
    ${
    about?.answers &&
    html`
      <${About} icon="↩" title=${`Reply to ${about.answers.by.name}`}
        words=${about.quote ? `“${about.quote}”` : excerpt(about.answers)} onAbout=${onAbout} />
    `
  }
    ${
    about?.edits &&
    html`<${About} icon="✎" title="Edit" words=${excerpt(about.edits)} onAbout=${() => {
      setText("");
      onAbout(undefined);
    }} />`
  }
    <div class="line">
      <${Menu} name="Attach" label="📎" class="attach" up=${true} entries=${kinds} />
      <textarea ref=${input} rows="1" aria-label=${label} placeholder=${placeholder ?? label}
        aria-autocomplete="list" aria-controls=${options.length > 0 ? id : null}
        aria-activedescendant=${options.length > 0 ? `${id}-${chosen}` : null}
        value=${text} disabled=${disabled} onKeyDown=${keys} onInput=${({ currentTarget }) => {
    setHidden(false);
    setText(currentTarget.value);
  }}></textarea>
      <button type="button" class="send" aria-label="Send" title="Send" onClick=${send}
        disabled=${text.trim() === ""}><svg viewBox="0 0 24 24" width="22" height="22"
        aria-hidden="true"><path d="M3 20.5 21.5 12 3 3.5 3 10l12 2-12 2z" /></svg></button>
    </div>
  </div>`;
}

/** What becomes of what is written: it is sent, put in the place of what is edited, or attached. */
function writing({ who, about, onAbout, text, setText, input }) {
  // The line is free at once for what is written next; what was refused comes back into it.
  const does = async (deed) => {
    setText("");
    onAbout(undefined);
    const outcome = await act(deed);
    showOutcome(outcome);
    if (outcome.refused) setText((words) => words || text);
  };
  const send = async () => {
    const words = text.trim();
    if (words === "") return;
    if (about?.edits) {
      return await does({ does: "edit", who, message: about.edits.id, text: words });
    }
    const answering = about?.answers ? { answers: about.answers.id } : {};
    const quoting = about?.quote ? { quote: about.quote } : {};
    await does({ does: "write", who, text: words, ...answering, ...quoting });
  };
  const attach = async (kind) => {
    const answering = about?.answers ? { answers: about.answers.id } : {};
    await does({ does: "write", who, text: text.trim(), sends: kind, ...answering });
  };
  const take = async ({ command, title, query }) => {
    if (command) {
      setText(`/${command} `);
      return input.current.focus();
    }
    await does({ does: "pick", who, query, title });
  };
  return { send, attach, take };
}

/** What keys do: arrows and Enter among what is suggested, Enter sends, Escape takes back. */
function pressed(
  event,
  { text, options, offers, chosen, setChosen, about, setText, onAbout, setHidden, send, take },
) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (options.length > 0 && step) {
    event.preventDefault();
    return setChosen((chosen + step + options.length) % options.length);
  }
  if (event.key === "Escape" && (options.length > 0 || offers || about)) {
    if (about?.edits) setText("");
    onAbout(undefined);
    return setHidden(true);
  }
  const isWhole = options[chosen]?.command && text.trim() === `/${options[chosen].command}`;
  if (options.length > 0 && !isWhole && (event.key === "Enter" || event.key === "Tab")) {
    if (event.key === "Tab" && event.shiftKey) return;
    event.preventDefault();
    return void take(options[chosen]);
  }
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    void send();
  }
}

function About({ icon, title, words, onAbout }) {
  return html`<div class="about"><span aria-hidden="true">${icon}</span><span><b>${title}</b>
    <span>${words}</span></span><button type="button" aria-label="Cancel" title="Cancel"
    onClick=${() => onAbout(undefined)}>✕</button></div>`;
}

function Suggestions({ id, options, chosen, take, offers }) {
  if (options.length === 0) {
    if (!offers) return null;
    return html`<p class="suggestions none">${
      offers.isAsking ? "Asking the bot …" : "The bot offers nothing for that."
    }</p>`;
  }
  return html`
    <div class="suggestions" role="listbox" tabindex="0" id=${id}
      aria-label="Suggestions">${options.map((option, index) =>
        html`
          <div role="option" id=${`${id}-${index}`} aria-selected=${index === chosen}
            key=${option.command ?? option.title} onClick=${() => take(option)}>
                  <b>${option.command ? `/${option.command}` : option.title}</b>
                  <span>${option.description}</span></div>
        `
      )}</div>
  `;
}

function commandsFor(menu = [], text) {
  const [, typed] = /^\/(\w*)$/.exec(text) ?? [];
  if (typed === undefined) return [];
  return menu.filter(({ command }) => command.startsWith(typed.toLowerCase()));
}

/** What the bot offers for what is typed behind its name; `undefined` while nothing is. */
function useOffers(as, text) {
  const [found, setFound] = useState();
  const username = desk.head?.bot.username;
  const isMeant = text.toLowerCase().startsWith(`@${username?.toLowerCase()} `);
  const query = isMeant ? text.slice(username.length + 2) : undefined;
  useEffect(() => {
    setFound(undefined);
    if (query === undefined) return;
    let isOld = false;
    const timer = setTimeout(async () => {
      const asked = new URLSearchParams({ as, query });
      const offers = await fetch(`/offers?${asked}`).then((answer) => answer.json(), () => []);
      if (!isOld) setFound(offers.map((offer) => ({ ...offer, query })));
    }, TYPING_MS);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [query, as]);
  if (query === undefined) return undefined;
  return found ?? Object.assign([], { isAsking: true });
}
