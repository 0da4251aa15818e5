/** The group behind the channel: the log of everything, in which only the bot and its owner are. */
import { act, chatNamed, desk } from "./desk.js";
import { Bubble } from "./bubble.js";
import { itemsOf, rowClass } from "./items.js";
import { List } from "./list.js";
import { showOutcome } from "./toasts.js";
import { html, names, useMemo, useState } from "./view.js";
import { hash } from "./words.js";

/** The pane. */
export function LogGroup({ isShown }) {
  const [found, setFound] = useState();
  const { group, people } = desk.head;
  const chat = chatNamed("group");
  const boss = people.find(({ role }) => role === "owner");
  const items = useMemo(() => itemsOf(chat.messages, () => false), [chat.version]);
  const view = {
    chat: "group",
    who: { in: "thread", name: boss.name, customer: "" },
    account: boss.id,
    namesAuthors: true,
    deletesAll: true,
    isPinned: ({ id }) => chat.pinned.includes(id),
    finds: (id) => setFound({ key: String(id) }),
  };
  const join = async () => showOutcome(await act({ does: "join", name: strangerAmong(people) }));
  return html`
    <section class=${names("pane", "log", !isShown && "away")} aria-label="Log group">
      <header class="chat-head"><span class=${`avatar tint-${hash(group.id) % 6}`}
          aria-hidden="true">${group.title[0]}</span><div><h2>${group.title}</h2>
          <p>the log · ${members(people)}</p></div><div class="actions">
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
          <${List} items=${items} label="Log" place="group" shown=${found} rowClass=${rowClass}
            draw=${(item, tabIndex) => html`<${Bubble} ...${{ item, view, tabIndex }} />`} />
        </div>
    </section>
  `;
}

function strangerAmong(people) {
  let number = 1;
  while (people.some(({ name }) => name === `stranger${number}`)) number++;
  return `stranger${number}`;
}

function members(people) {
  const inside = people.filter(({ isInGroup }) => isInGroup);
  return ["the bot", ...inside.map(({ firstName }) => firstName)].join(", ");
}
