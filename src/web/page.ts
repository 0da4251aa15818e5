/**
 * The page at `/`: whether the desk works, what is missing if it does not, and how to claim it. It
 * is whole in itself: no scripts, no pictures or letters from elsewhere.
 */
import type { Check } from "../health/checklist.ts";
import { VARIABLES } from "../config.ts";
import { type Language } from "../words/language.ts";
import { sayDuration } from "../time/duration.ts";
import type { PageLabel, TokenRefusal } from "../texts/notices/page.ts";
import { type Problem, publicly } from "../health/problem.ts";
import { type Stage, stageOf, type Status, unlistedProblems } from "../health/status.ts";
import { say } from "../texts/texts.ts";
import type { Viewer } from "./access.ts";
import { itemOf } from "./details.ts";
import { STYLE } from "./style.ts";
import { TOKEN_PATH } from "./token_door.ts";

/** What a page is made of. */
export interface PageView {
  status: Status;
  viewer: Viewer;
  /** The code that whoever asks has shown, if it is right: the page's own links keep it. */
  code?: string;
  language: Language;
  timeZone: string;
  version: string;
  nowMs: number;
  /** The link that claims the desk, if whoever asks may see it, and its picture as SVG. */
  claim?: { link: string; picture: string };
  /** The one-time value of the form for the bot's token, if whoever asks may give one. */
  once?: string;
  /** Why the token that was given is not taken. */
  refusal?: TokenRefusal;
}

/** A sign before a title or an item; `todo`: not done yet, and nothing is wrong. */
type Sign = Check["state"] | "todo";

/** The signs, each of its own form, so that colour says nothing alone. */
const SIGNS: Record<Sign, string> = {
  good: '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
  warning: '<path d="M12 5v8.5"/><path d="M12 18.4v.1"/>',
  bad: '<path d="m6.5 6.5 11 11m0-11-11 11"/>',
  unknown: '<path d="M6 12h12"/>',
  todo: '<path d="M5 12h13m-5.5-5.5L18 12l-5.5 5.5"/>',
};

/** How each stage looks. */
const STAGE_SIGNS: Record<Stage, Sign> = {
  open: "good",
  starting: "unknown",
  setup: "todo",
  trouble: "bad",
  preview: "unknown",
};

/** What needs somebody comes first. */
const URGENCY: Check["state"][] = ["bad", "warning", "unknown", "good"];

/** A counter with a bell on it. */
const BRAND = '<path d="M3 16.5h18M5 16.5V21m14-4.5V21M7 13a5 5 0 0 1 10 0zM12 8V5.5m-1.5 0h3"/>';

/** What the field for the token says by itself. */
const TOKEN_PROBLEMS: Problem["because"][] = ["no token", "not a token"];

/** The names of variables in a sentence. */
const VARIABLE_NAMES = new RegExp(`\\b(${VARIABLES.join("|")})\\b`, "g");

/** Writes the page. */
export function writePage(view: PageView): string {
  const { status, viewer, language } = view;
  const stage = stageOf(status);
  const title = say({ text: "page-title", stage }, language);
  const isOperator = viewer === "operator";
  const hasNumbers = isOperator && (status.isDeskKnown || status.waiting + status.failed > 0);
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="color-scheme" content="light dark">
<title>${escape(title)} · Balcão</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<main>
<p class="brand">${icon(BRAND)}Balcão</p>
<header class="hero">
${sign(STAGE_SIGNS[stage])}
<div>
<h1>${escape(title)}</h1>
<p class="lead">${escape(say({ text: "page-lead", stage }, language))}</p>
</div>
</header>
${
    [
      refusal(view),
      tokenForm(view),
      view.claim ? claim(view.claim, language) : "",
      toDo(view),
      hasNumbers ? numbers(view) : "",
      isOperator && status.checks.length > 0 ? checklist(status.checks, language) : "",
    ].filter(Boolean).join("\n")
  }
${footer(view)}
</main>
</body>
</html>
`;
}

function refusal({ viewer, language }: PageView): string {
  if (viewer !== "mistaken" && viewer !== "too often") return "";
  const label = viewer === "mistaken" ? "wrong code" : "too many codes";
  return `<section class="note"><p>${labelHtml(label, language)}</p></section>`;
}

/** The field for the bot's token. What was given is never shown again. */
function tokenForm({ once, code, refusal, language }: PageView): string {
  if (once === undefined || code === undefined) return "";
  const refused = refusal === undefined
    ? ""
    : `<p class="refused" id="refused">${
      rich(say({ text: "page-token-refused", refusal }, language))
    }</p>`;
  return `<section class="token">
<h2>${labelHtml("token", language)}</h2>
<p>${rich(label("token why", language))}</p>
<form method="post" action="${TOKEN_PATH}" autocomplete="off">
<input type="hidden" name="once" value="${once}">
<input type="hidden" name="code" value="${code}">
<label for="token">${labelHtml("token field", language)}</label>
<input id="token" name="token" type="password" required autofocus maxlength="200"
  autocomplete="off" autocapitalize="off" spellcheck="false"${
    refusal === undefined ? "" : ' aria-invalid="true" aria-describedby="refused"'
  }>
${refused}
<button class="button">${labelHtml("token button", language)}</button>
</form>
</section>`;
}

function claim({ link, picture }: { link: string; picture: string }, language: Language): string {
  return `<section class="claim">
<div>
<h2>${labelHtml("claim", language)}</h2>
<p>${labelHtml("claim why", language)}</p>
<a class="button" href="${escape(link)}">${labelHtml("claim button", language)}</a>
</div>
<figure>
<div role="img" aria-label="${labelHtml("claim picture", language)}">${picture}</div>
<figcaption>${labelHtml("claim scan", language)}</figcaption>
</figure>
</section>`;
}

/** What is missing; for the operator what the checklist below does not say. */
function toDo({ status, viewer, claim, once, language }: PageView): string {
  const problems = viewer === "operator" ? unlistedProblems(status) : status.problems;
  const says = problems
    .filter(({ because }) => because !== "preview" && because !== "starting")
    .filter(({ because }) => once === undefined || !TOKEN_PROBLEMS.includes(because))
    .map((problem) => {
      // Where the link is shown, it says so itself; elsewhere it has to be said where it is.
      if (problem.because !== "unclaimed") return sayPublicly(problem, language);
      return claim ? undefined : label("claim elsewhere", language);
    })
    .filter((sentence) => sentence !== undefined);
  if (says.length === 0) return "";
  const state = stageOf(status) === "trouble" ? "bad" : "todo";
  return `<section>
<h2>${labelHtml("to do", language)}</h2>
<ul class="items">
${says.map((text) => `<li>${sign(state)}<p>${rich(text)}</p></li>`).join("\n")}
</ul>
</section>`;
}

function numbers({ status, language }: PageView): string {
  const { waiting, failed, oldestWaitingMs } = status;
  const facts: [PageLabel, string][] = [
    ["waiting", String(waiting)],
    ["oldest", waiting > 0 ? sayDuration(oldestWaitingMs) : "–"],
    ["failed", String(failed)],
  ];
  return `<section>
<h2 class="hidden">${labelHtml("numbers", language)}</h2>
<dl>
${
    facts.map(([name, value]) =>
      `<div><dt>${labelHtml(name, language)}</dt><dd>${escape(value)}</dd></div>`
    ).join("\n")
  }
</dl>
</section>`;
}

function checklist(checks: Check[], language: Language): string {
  const sorted = checks.toSorted((a, b) => URGENCY.indexOf(a.state) - URGENCY.indexOf(b.state));
  const items = sorted.map((check) => {
    const { name, says } = itemOf(check, language);
    const state = escape(say({ text: "page-state", state: check.state }, language));
    const more = says === undefined ? "" : ` <span class="says">${rich(says)}</span>`;
    const title = `${escape(name)}<span class="hidden">: ${state}.</span>`;
    return `<li class="${check.state === "good" ? "short" : "long"}">${
      sign(check.state)
    }<p><span>${title}</span>${more}</p></li>`;
  });
  return `<section>
<h2>${labelHtml("checklist", language)}</h2>
<ul class="items">
${items.join("\n")}
</ul>
</section>`;
}

function footer({ status, viewer, code, version, language, timeZone, nowMs }: PageView): string {
  const since = new Intl.DateTimeFormat(language, {
    dateStyle: "long",
    timeStyle: "short",
    timeZone,
  }).format(status.sinceMs);
  // A number is not parted from its unit at the end of a line.
  const length = sayDuration(nowMs - status.sinceMs).replaceAll(" ", "\u00a0");
  const running = say({ text: "page-running", since, length, mode: status.mode }, language);
  const href = code === undefined ? "/" : `/?code=${code}`;
  const program = viewer === "operator" ? `<p>Balcão ${escape(version)}</p>` : "";
  return `<footer>
<div>
<p>${escape(running)}</p>
${program}
</div>
<a href="${href}">${labelHtml("look again", language)}</a>
</footer>`;
}

function sayPublicly(problem: Problem, language: Language): string {
  return say({ text: "problem", problem: publicly(problem) }, language);
}

function label(name: PageLabel, language: Language): string {
  return say({ text: "page-label", label: name }, language);
}

function labelHtml(name: PageLabel, language: Language): string {
  return escape(label(name, language));
}

function sign(state: Sign): string {
  return `<span class="sign ${state}">${icon(SIGNS[state])}</span>`;
}

function icon(paths: string): string {
  return '<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2.25" ' +
    `stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${paths}</svg>`;
}

/** A sentence with its names of variables as such, and the way to @BotFather. */
function rich(text: string): string {
  return escape(text)
    .replace(VARIABLE_NAMES, "<code>$1</code>")
    .replace(/\.env\b/, "<code>.env</code>")
    .replace("@BotFather", '<a href="https://t.me/BotFather">@BotFather</a>');
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
