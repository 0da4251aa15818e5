/** The group behind the channel: the log of everything, in which only the bot and its owner are. */
import { act, atDesk, chatNamed, desk } from "./desk.js";
import { DeskSwitch, NewGroup } from "./desks.js";
import { Bubble } from "./bubble.js";
import { itemsOf, rowClass } from "./items.js";
import { List } from "./list.js";
import { showOutcome } from "./toasts.js";
import { html, names, useMemo, useState } from "./view.js";
import { hash } from "./words.js";

/** The pane. `at` is the desk whose group is shown; `switching` is what its switch is told. */
export function LogGroup({ at, switching, isShown }) {
  return html`
    <section class=${names("pane", "log", !isShown && "away")} aria-label="Log group">
      ${at && html`<${DeskSwitch} at=${at} ...${switching} />`}
      ${at?.group ? html`<${Log} key=${at.name} at=${at} />` : html`<${NoGroup} at=${at} />`}
    </section>
  `;
}

function NoGroup({ at }) {
  return html`
    <header class="chat-head"><div><h2>No group yet</h2><p>the log</p></div>${at && html`
      <div class="actions">
        <${NewGroup} at=${at} />
      </div>
    `}</header>
    <div class="wall">
      <div class="welcome">
        <p>No group yet</p>
        <p>${at
          ? `The comments of ${at.channel.title} are kept in one.`
          : "It comes with the channel."}</p>
      </div>
    </div>
  `;
}

function Log({ at }) {
  const [found, setFound] = useState();
  const { people } = desk.head;
  const { group } = at;
  const name = `group:${at.name}`;
  const chat = chatNamed(name);
  const boss = people.find(({ role }) => role === "owner");
  const items = useMemo(() => itemsOf(chat.messages, () => false), [chat.version]);
  const view = {
    chat: name,
    who: { in: "thread", name: boss.name, customer: "", ...atDesk(at) },
    account: boss.id,
    namesAuthors: true,
    deletesAll: true,
    isPinned: ({ id }) => chat.pinned.includes(id),
    finds: (id) => setFound({ key: String(id) }),
  };
  const join = async () => {
    showOutcome(await act({ does: "join", name: strangerAmong(people), ...atDesk(at) }));
  };
  return html`
    <header class="chat-head"><span class=${`avatar tint-${hash(group.id) % 6}`}
        aria-hidden="true">${group.title[0]}</span><div><h2>${group.title}</h2>
        <p>the log · ${members(people, at)}</p></div><div class="actions">
        <button type="button" onClick=${join} title="Nobody but the owner and the bot may be in it">
          Join as a stranger</button></div></header>
    <div class="wall">
        ${items.length === 0 &&
          html`
            <div class="welcome">
              <p>Nothing has happened yet</p>
              <p>Every card and every comment ends up here.</p>
            </div>
          `}
        <${List} items=${items} label="Log" place=${name} shown=${found} rowClass=${rowClass}
          draw=${(item, tabIndex) => html`<${Bubble} ...${{ item, view, tabIndex }} />`} />
      </div>
  `;
}

function strangerAmong(people) {
  let number = 1;
  while (people.some(({ name }) => name === `stranger${number}`)) number++;
  return `stranger${number}`;
}

function members(people, { name, hasBot }) {
  const inside = people.filter(({ groups }) => groups.includes(name));
  return [...hasBot ? ["the bot"] : [], ...inside.map(({ firstName }) => firstName)].join(", ");
}
