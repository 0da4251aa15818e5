/** The field for a token: the same bot, for real. */
import { desk } from "./desk.js";
import { html, useEffect, useState } from "./view.js";

/** How often it is looked whether the bot has taken the playground's place. */
const LOOK_MS = 500;

/** The form, for whoever came by the address with the code; nothing for others. */
export function Token() {
  const code = new URLSearchParams(location.search).get("code");
  const [once, setOnce] = useState();
  const [says, setSays] = useState();
  const [isBusy, setBusy] = useState(false);
  const renew = async () => {
    const answer = await fetch(`/token?${new URLSearchParams({ code })}`);
    setOnce((await answer.json()).once ?? undefined);
  };
  useEffect(() => {
    if (code) renew().catch(() => {});
  }, []);
  if (!once) return null;
  const send = async (event) => {
    event.preventDefault();
    setBusy(true);
    const form = event.currentTarget;
    const token = new FormData(form).get("token");
    const body = new URLSearchParams({ token, once, code });
    const answer = await fetch("/token", { method: "POST", body }).then(
      (response) => response.json(),
      () => ({ refused: "The playground is not running any more." }),
    );
    form.reset();
    if (answer.path) {
      setSays("Your bot is starting …");
      return await goTo(answer.path);
    }
    setSays(answer.refused ?? "It runs here. Now claim it on Boss’s phone.");
    await renew();
    setBusy(false);
  };
  return html`<form class="tool token" onSubmit=${send}>
    <label>Token <input name="token" type="text" autocomplete="off" spellcheck="false" size="18"
      maxlength="200" placeholder="123456:ABC-DEF…" required /></label>
    <button disabled=${isBusy} title="Checks it with Telegram, keeps it in .env, and starts your bot">
      ${desk.head.bot.token ? "Run it" : "Run it for real"}</button>
    <span role="status">${says}</span></form>`;
}

/** Goes to the bot's own page, as soon as it is there. */
async function goTo(path) {
  const isThere = () =>
    fetch("/health").then(
      ({ headers }) => headers.get("Content-Type")?.includes("json"),
      () => false,
    );
  while (!await isThere()) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  location.assign(path);
}
