/**
 * Serves the playground's page on this machine: its files, what happens as it happens, and what is
 * to be done. Whoever asks from elsewhere, or for another page, gets nothing.
 */
import { DeedRefused, offers, type Outcome, perform, standing, titleOf } from "../deeds.ts";
import type { Playground } from "../playground.ts";
import type { Deed, Setting } from "../story/deed.ts";
import { lineOf, parseLine } from "../story/line.ts";
import { preferredLanguage } from "../../src/web/language.ts";
import { isFromOwnPage } from "../../src/web/nearness.ts";
import { Recorder } from "../story/recorder.ts";
import type { TokenField } from "../token.ts";
import { chatsOf } from "../view/chats.ts";
import { type Assets, readAssets } from "./assets.ts";
import { Feed } from "./feed.ts";

/** What the page needs of the world. */
export interface PageOptions {
  playground: Playground;
  /** Of which it is. */
  setting: Setting;
  /** 0 takes a free one. */
  port: number;
  /** The field for a bot's token; absent: there is none. */
  tokenField?: TokenField;
}

/** A page that is served. */
export interface ServedPage {
  url: string;
  recorder: Recorder;
  close(): Promise<void>;
}

/** A deed is a small thing. */
const MOST_BYTES = 64 * 1024;

/** Serves the page. */
export async function servePage(
  { playground, setting, port, tokenField }: PageOptions,
): Promise<ServedPage> {
  const assets = await readAssets();
  tokenField?.serves(playground);
  const recorder = new Recorder(playground, setting);
  const feed = new Feed(playground, recorder);
  const page = new Page(playground, recorder, feed, assets, tokenField);
  const server = Deno.serve(
    { hostname: "127.0.0.1", port, onListen: () => {} },
    (request, { remoteAddr }) => page.answer(request, remoteAddr),
  );
  return {
    url: `http://localhost:${server.addr.port}/${tokenField ? `?code=${tokenField.code}` : ""}`,
    recorder,
    close: async () => {
      feed.close();
      await server.shutdown();
    },
  };
}

/** Answers requests. */
class Page {
  constructor(
    private readonly playground: Playground,
    private readonly recorder: Recorder,
    private readonly feed: Feed,
    private readonly assets: Assets,
    private readonly tokenField: TokenField | undefined,
  ) {}

  async answer(request: Request, from: Deno.Addr): Promise<Response> {
    if (!isForHere(request)) return text("This page is for this machine alone.", 403);
    const { pathname, searchParams } = new URL(request.url);
    if (request.method === "GET") {
      switch (pathname) {
        case "/events":
          return this.feed.open();
        case "/story":
          return text(this.recorder.text);
        case "/offers":
          return await this.#offers(searchParams);
        case "/token":
          return Response.json({
            once: this.tokenField?.open(request, from, searchParams.get("code")) ?? null,
          });
        case "/file":
          return this.#file(searchParams);
        default:
          return this.#asset(pathname);
      }
    }
    if (request.method !== "POST") return text("Not that way.", 405);
    if (!isFromOwnPage(request)) return text("Only this page itself may do that.", 403);
    if (pathname === "/deeds") return await this.#do(request);
    if (pathname === "/token") return await this.#takeToken(request, from);
    return text("Nothing is here.", 404);
  }

  #asset(path: string): Response {
    const asset = this.assets.files.get(path);
    if (!asset) return text("Nothing is here.", 404);
    const headers = { "Content-Type": asset.type, ...this.#headers };
    return new Response(asset.body, { headers });
  }

  get #headers(): Record<string, string> {
    return {
      "Content-Security-Policy": this.assets.policy,
      "Referrer-Policy": "same-origin",
      "X-Content-Type-Options": "nosniff",
      "Cache-Control": "no-cache",
    };
  }

  async #do(request: Request): Promise<Response> {
    const body = await request.text();
    const deed = body.length <= MOST_BYTES ? readDeed(body) : undefined;
    if (!deed) return Response.json({ refused: "That is no deed." }, { status: 400 });
    let takeBack = () => {};
    try {
      takeBack = this.recorder.note(deed);
      // What has arrived may be gone afterwards.
      if (deed.does === "delete") await this.feed.look();
      const outcome = await perform(this.playground, deed);
      await this.feed.look();
      return Response.json(await shown(outcome));
    } catch (error) {
      if (!(error instanceof DeedRefused)) throw error;
      takeBack();
      return Response.json({ refused: error.message });
    }
  }

  async #takeToken(request: Request, from: Deno.Addr): Promise<Response> {
    const language = preferredLanguage(request.headers.get("Accept-Language"), "en");
    const answer = await this.tokenField?.receive(request, from, language);
    return answer ? Response.json(answer) : text("Nobody may send a token so.", 403);
  }

  /** What the bot offers who types its name and a query. */
  async #offers(parameters: URLSearchParams): Promise<Response> {
    const line = parseLine(`${parameters.get("as")} picks "" for ""`);
    if (line.does !== "pick") return text("Nobody is called so.", 400);
    try {
      const { person, chat } = standing(this.playground, line.who);
      const query = parameters.get("query") ?? "";
      const results = await offers(this.playground, person, chat, query);
      return Response.json(results.map((result) => {
        const { description } = result as { description?: string };
        return { title: titleOf(result), description: description ?? "", type: result.type };
      }));
    } catch (error) {
      if (
        error instanceof Error && error.constructor !== Error && !(error instanceof DeedRefused)
      ) {
        throw error;
      }
      return Response.json([]);
    }
  }

  /** The bytes of a file that a message shows. */
  #file(parameters: URLSearchParams): Response {
    const [name, id] = [parameters.get("chat"), Number(parameters.get("id"))];
    const place = chatsOf(this.playground).find((chat) => chat.name === name)?.chat;
    const record = place?.records.get(id);
    const bytes = record && this.playground.bytesOf(record);
    if (!record || !bytes) return text("Nothing is here.", 404);
    const type = record.content.photo ? "image/png" : "application/octet-stream";
    return new Response(bytes, { headers: { "Content-Type": type, ...this.#headers } });
  }
}

/** What somebody is shown who did something; a press is answered when the bot has answered it. */
async function shown({ answered, ...outcome }: Outcome): Promise<Outcome> {
  return answered ? await answered : outcome;
}

/** A deed out of what a page has sent; whatever no line can say is none. */
function readDeed(body: string): Deed | undefined {
  try {
    const line = parseLine(lineOf(JSON.parse(body) as Deed));
    return ["help", "quit", "nothing", "begin", "not understood"].includes(line.does)
      ? undefined
      : line as Deed;
  } catch {
    return undefined;
  }
}

/** Whether the machine is asked by a name of its own: other names may be led here from elsewhere. */
function isForHere(request: Request): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(request.headers.get("Host") ?? "");
}

function text(words: string, status = 200): Response {
  const headers = { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" };
  return new Response(words, { status, headers });
}
