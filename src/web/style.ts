/** How the page looks: calm, with the system's own letters, light or dark as the reader's device is. */
import { createHash } from "node:crypto";

/** The page's style sheet. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #f4f2ec; --card: #fffefb; --line: #e2ddd0; --ink: #1b2420; --soft: #566059;
  --good: #1c7a4c; --warning: #8a5a00; --bad: #b42a1d; --unknown: #6b746e;
  --tint-good: #e0f0e6; --tint-warning: #f9ecd0; --tint-bad: #fae3df; --tint-unknown: #e9e7df;
  --button: #1b6a4a; --on-button: #ffffff; --focus: #1a5fd0;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #111513; --card: #191f1c; --line: #2b332f; --ink: #e9ede9; --soft: #a5afa9;
    --good: #63ca98; --warning: #e4b458; --bad: #f49a8e; --unknown: #97a19b;
    --tint-good: #17332a; --tint-warning: #37301b; --tint-bad: #3d2320; --tint-unknown: #262d29;
    --button: #6fd3a3; --on-button: #08281a; --focus: #8ab8ff;
  }
}
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
}
main { max-width: 42rem; margin: 0 auto; padding: 1.5rem 1.125rem 3rem; }
a { color: inherit; }
a:focus-visible { outline: 3px solid var(--focus); outline-offset: 3px; border-radius: .25rem; }
h1, h2, p, ul, dl, dd { margin: 0; padding: 0; }
ul { list-style: none; }
.brand {
  display: flex; align-items: center; gap: .5rem; margin-bottom: 2rem; color: var(--soft);
  font-weight: 600; letter-spacing: .01em;
}
.brand svg { width: 1.5rem; height: 1.5rem; color: var(--button); flex: none; }
.hero { display: flex; gap: 1rem; margin-bottom: 1.75rem; }
.hero .sign { width: 2.75rem; height: 2.75rem; }
h1 { font-size: 1.75rem; line-height: 1.2; letter-spacing: -.015em; text-wrap: balance; }
.lead { margin-top: .375rem; color: var(--soft); text-wrap: pretty; }
.sign {
  flex: none; display: grid; place-items: center; width: 1.625rem; height: 1.625rem;
  border-radius: 50%; color: var(--unknown); background: var(--tint-unknown);
}
.sign svg { width: 62%; height: 62%; }
.good { color: var(--good); background: var(--tint-good); }
.warning { color: var(--warning); background: var(--tint-warning); }
.bad { color: var(--bad); background: var(--tint-bad); }
section {
  background: var(--card); border: 1px solid var(--line); border-radius: 1rem;
  padding: 1.125rem 1.25rem; margin-bottom: 1rem;
}
h2 { font-size: 1rem; line-height: 1.4; margin-bottom: .75rem; }
.todo { color: var(--good); background: var(--tint-good); }
.items { display: grid; gap: .875rem; }
.items li { display: grid; grid-template-columns: auto 1fr; gap: .75rem; }
.items p { overflow-wrap: anywhere; text-wrap: pretty; }
.says { color: var(--soft); }
.long .says { display: block; }
.short p { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 .75rem; }
code { font: .9em ui-monospace, "SF Mono", Consolas, monospace; }
.claim { display: grid; gap: 1.25rem; }
.claim p { color: var(--soft); text-wrap: pretty; }
.token p { color: var(--soft); text-wrap: pretty; }
.token a { color: var(--ink); }
.token label { display: block; margin: 1.125rem 0 .375rem; font-weight: 600; }
.token input {
  display: block; width: 100%; padding: .75rem .875rem; border: 1px solid var(--soft);
  border-radius: .75rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.4 ui-monospace, "SF Mono", Consolas, monospace;
}
.token input:focus-visible, button:focus-visible {
  outline: 3px solid var(--focus); outline-offset: 2px;
}
.token .refused { margin-top: .5rem; color: var(--bad); }
button.button { width: 100%; border: 0; font: inherit; font-weight: 600; cursor: pointer; }
.button {
  display: block; margin-top: 1.125rem; padding: .8rem 1.25rem; border-radius: .75rem;
  background: var(--button); color: var(--on-button); font-weight: 600; text-align: center;
  text-decoration: none;
}
.button:hover { filter: brightness(1.07); }
.button:focus-visible { border-radius: .75rem; }
figure { margin: 0; display: none; }
figure div { background: #fff; border: 1px solid var(--line); border-radius: .75rem; }
figure svg { display: block; width: 100%; height: auto; color: #000; shape-rendering: crispEdges; }
figcaption { margin-top: .5rem; color: var(--soft); font-size: .9375rem; text-align: center; }
dl { display: grid; grid-template-columns: repeat(3, 1fr); gap: .75rem; }
dl div { display: flex; flex-direction: column-reverse; justify-content: flex-end; }
dt { color: var(--soft); font-size: .9375rem; line-height: 1.3; }
dd { font-size: 1.5rem; font-weight: 600; line-height: 1.3; }
.note { border-left: 4px solid var(--bad); }
footer {
  display: flex; flex-wrap: wrap; gap: .75rem 1rem; align-items: start;
  justify-content: space-between; margin: 1.25rem .25rem 0; color: var(--soft);
  font-size: .9375rem;
}
footer div { flex: 1 1 16rem; }
footer a {
  flex: none; padding: .35rem .9rem; border: 1px solid var(--line); border-radius: 2rem;
  background: var(--card); color: var(--ink); text-decoration: none;
}
footer a:hover { border-color: var(--soft); }
footer a:focus-visible { border-radius: 2rem; }
.hidden {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap;
}
@media (min-width: 40rem) {
  main { padding-top: 3.5rem; }
  h1 { font-size: 2.125rem; }
  .hero .sign { width: 3.25rem; height: 3.25rem; }
  section { padding: 1.375rem 1.5rem; }
  .claim { grid-template-columns: 1fr 12rem; gap: 2rem; align-items: center; }
  .claim figure { display: block; }
  .button { display: inline-block; }
  button.button { width: auto; }
}
`;

/** The style sheet as a Content-Security-Policy names it (https://www.w3.org/TR/CSP3/#source-list-syntax). */
export const STYLE_SOURCE = `'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`;
