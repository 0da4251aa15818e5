/** The page at `/`: whether the desk works, and what is missing if it does not. */
import type { Health } from "./health.ts";

/** A page without scripts, good on a phone, that nobody may frame or index. */
export function statusPage(health: Health): Response {
  return new Response(render(health), {
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Cache-Control": "no-store",
      "Content-Security-Policy":
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      "Referrer-Policy": "no-referrer",
      "X-Content-Type-Options": "nosniff",
      "X-Frame-Options": "DENY",
      "X-Robots-Tag": "noindex, nofollow",
    },
  });
}

function render({ ok, mode, waiting, failed, problems }: Health): string {
  const title = ok ? "The desk is open" : "The desk needs you";
  const facts = [
    ["Mode", mode],
    ["Messages waiting", String(waiting)],
    ["Given up", String(failed)],
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>Balcão — ${title}</title>
<style>
  :root { color-scheme: light dark; --ink: #16211d; --paper: #f6f4ee; --card: #fff; --line: #ddd8cb;
    --good: #1d7a4f; --bad: #b3401f; }
  @media (prefers-color-scheme: dark) {
    :root { --ink: #ece9e0; --paper: #14181a; --card: #1d2326; --line: #343c40; --good: #5cc796;
      --bad: #f08a64; }
  }
  body { margin: 0; background: var(--paper); color: var(--ink);
    font: 1.0625rem/1.55 system-ui, sans-serif; }
  main { max-width: 36rem; margin: 0 auto; padding: 3rem 1.25rem; }
  .name { font-weight: 600; letter-spacing: .02em; opacity: .7; margin: 0 0 .5rem; }
  h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 1.5rem; }
  h1::before { content: ""; display: inline-block; width: .7em; height: .7em; border-radius: 50%;
    margin-right: .5em; background: var(${ok ? "--good" : "--bad"}); }
  section { background: var(--card); border: 1px solid var(--line); border-radius: .75rem;
    padding: 1rem 1.25rem; margin-bottom: 1rem; }
  h2 { font-size: 1rem; margin: 0 0 .5rem; }
  ul { margin: 0; padding-left: 1.25rem; }
  li + li { margin-top: .5rem; }
  dl { display: grid; grid-template-columns: 1fr auto; gap: .4rem 1rem; margin: 0; }
  dd { margin: 0; font-variant-numeric: tabular-nums; text-align: right; }
</style>
</head>
<body>
<main>
<p class="name">Balcão</p>
<h1>${title}</h1>
${
    problems.length
      ? `<section><h2>What to do</h2><ul>${
        problems.map((problem) => `<li>${escape(problem)}</li>`).join("")
      }</ul></section>`
      : ""
  }
<section><dl>${
    facts.map(([name, value]) => `<dt>${name}</dt><dd>${escape(value!)}</dd>`).join("")
  }</dl></section>
</main>
</body>
</html>
`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
