/** The page as it is served: who is shown what of it, and what becomes of the form on it. */
import type { Language } from "../words/language.ts";
import type { Status } from "../health/status.ts";
import type { TokenRefusal } from "../texts/notices/page.ts";
import { defined } from "../values/defined.ts";
import { Access, type Viewer } from "./access.ts";
import { detailsOf } from "./details.ts";
import { preferredLanguage } from "./language.ts";
import { writePage } from "./page.ts";
import { drawQrCode } from "../chart/qr_code.ts";
import { STYLE_SOURCE } from "./style.ts";
import { TokenDoor, type TokenDoorOptions } from "./token_door.ts";

/** What the page needs to know and do. */
export interface PageOptions {
  /** How the bot is; looked at anew if it is the operator who asks. */
  status: (isAnew: boolean) => Promise<Status>;
  /** Opens what is not for everybody. */
  code: string;
  /** What takes the bot's token; absent where none is wanted, or the page must not take it. */
  tokens?: Omit<TokenDoorOptions, "now">;
  /** The language of readers who speak none of ours. */
  locale: Language;
  timeZone: string;
  version: string;
  now: () => number;
}

/** How those who are told off are answered. */
const STATUS_CODES: Partial<Record<Viewer, number>> = { "mistaken": 403, "too often": 429 };

/** What a page of ours may load, and where its form may lead. */
export function contentPolicy(formAction: "'none'" | "'self'"): string {
  return `default-src 'none'; style-src ${STYLE_SOURCE}; img-src data:; base-uri 'none'; ` +
    `form-action ${formAction}; frame-ancestors 'none'`;
}

/** The page of one program. */
export class Pages {
  readonly #access: Access;
  readonly #door: TokenDoor | undefined;

  constructor(private readonly options: PageOptions) {
    const { tokens, now } = options;
    this.#access = new Access(options);
    this.#door = tokens && new TokenDoor({ ...tokens, now });
  }

  /** The page for whoever asks with this code, `null` for none; for programs its details as JSON. */
  async show(
    request: Request,
    from: Deno.Addr | undefined,
    given: string | null,
    refusal?: TokenRefusal,
  ): Promise<Response> {
    const { status, code, locale, timeZone, version, now } = this.options;
    const viewer = this.#access.viewerOf(given, request, from);
    const isOperator = viewer === "operator";
    const seen = await status(isOperator);
    if (isOperator && request.headers.get("Accept") === "application/json") {
      return Response.json(detailsOf(seen, version));
    }
    const link = isOperator ? seen.claimLink : undefined;
    const claim = link === undefined ? undefined : { link, picture: await drawQrCode(link) };
    const once = isOperator ? this.#door?.open(request, from) : undefined;
    const html = writePage({
      status: seen,
      viewer,
      ...defined({ code: isOperator ? code : undefined, claim, once, refusal }),
      language: preferredLanguage(request.headers.get("Accept-Language"), locale),
      timeZone,
      version,
      nowMs: now(),
    });
    return new Response(html, {
      status: STATUS_CODES[viewer] ?? (refusal === undefined ? 200 : 422),
      headers: {
        "Content-Type": "text/html; charset=utf-8",
        "Vary": "Accept-Language",
        ...once === undefined ? {} : { "Content-Security-Policy": contentPolicy("'self'") },
      },
    });
  }

  /** Takes the form with the bot's token. */
  async submit(request: Request, from: Deno.Addr | undefined): Promise<Response> {
    const received = await this.#door?.receive(request, from) ?? { is: "forbidden" };
    switch (received.is) {
      case "forbidden":
        return new Response("Forbidden\n", { status: 403 });
      case "stale":
        return await this.show(request, from, received.shown, "form used");
      case "refused":
        // Whoever has a form that is open has shown the code.
        return await this.show(request, from, this.options.code, received.refusal);
      case "taken": {
        const headers = { Location: `/?code=${received.code}` };
        return new Response(null, { status: 303, headers });
      }
    }
  }
}
