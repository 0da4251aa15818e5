/** Two instances on one database, to which updates come by turns: no bell rings, and none is needed. */
import { assertEquals } from "@std/assert";
import type { App } from "../../src/app.ts";
import type { Alarm } from "../../src/kv/alarm.ts";
import { TestDesk, textsOf } from "../support/desk.ts";
import { delegate } from "../support/kv_doubles.ts";

const SILENT: Alarm = { set: () => Promise.resolve(), listen: () => {}, close: () => {} };

/** A database before which something happens, once, when it is asked whether updates of a chat wait. */
function disturbedKv(): {
  wrapKv: (kv: Deno.Kv) => Deno.Kv;
  onLook: (happen: () => unknown) => void;
} {
  let happening: (() => unknown) | undefined;
  const wrapKv = (kv: Deno.Kv): Deno.Kv =>
    delegate(kv, {
      list: (selector: { prefix: Deno.KvKey }, options?: Deno.KvListOptions) => {
        const list = kv.list(selector, options);
        if (selector.prefix[1] !== "parked") return list;
        const next = list.next.bind(list);
        list.next = async () => {
          const happen = happening;
          happening = undefined;
          await happen?.();
          return await next();
        };
        return list;
      },
    });
  return { wrapKv, onLook: (happen) => happening = happen };
}

/** A desk at which Maria is known, worked by two instances. */
async function openTwo() {
  const desk = await TestDesk.open({ alarm: SILENT });
  const apps: [App, App] = [desk.app, desk.anotherApp()];
  await apps[1].start();
  const maria = await desk.hearsFrom("Maria");
  /** Whatever comes is brought to this one from now on. */
  const bringTo = (app: App) => {
    desk.app = app;
  };
  const settled = async () => {
    do {
      await desk.telegram.settled();
      for (const app of apps) await app.settled();
    } while (!desk.telegram.idle());
  };
  const close = async () => {
    bringTo(apps[0]);
    await apps[1].close();
    await desk[Symbol.asyncDispose]();
  };
  return { desk, apps, maria, bringTo, settled, [Symbol.asyncDispose]: close };
}

Deno.test("what one instance accepts while another works its lane goes once that one is through", async () => {
  await using two = await openTwo();
  const { desk, apps, maria, bringTo, settled } = two;
  desk.telegram.faults.next("copyMessage", { kind: "delay", ms: 100 });
  maria.sends(desk.chatOf(maria), "um");
  await desk.isCalling("copyMessage");
  bringTo(apps[1]);
  maria.sends(desk.chatOf(maria), "dois");
  await apps[1].settled();
  assertEquals(textsOf(desk.threadOf(maria)), ["oi"]);
  await settled();
  assertEquals(textsOf(desk.threadOf(maria)), ["oi", "um", "dois"]);
});

Deno.test("what comes to either instance by turns goes at once, once and in order", async () => {
  await using two = await openTwo();
  const { desk, apps, maria, bringTo, settled } = two;
  desk.telegram.faults.rate({ kind: "delay", ms: 3 }, 0.5, "copyMessage");
  const said = Array.from({ length: 40 }, (_, n) => String(n));
  for (const [n, words] of said.entries()) {
    bringTo(apps[n % 2]!);
    maria.sends(desk.chatOf(maria), `pergunta ${words}`);
    desk.ana.comments(desk.cardOf(maria), `resposta ${words}`);
    await new Promise((resolve) => setTimeout(resolve, n % 5));
  }
  await settled();
  const asked = textsOf(desk.threadOf(maria)).filter((text) => text.startsWith("pergunta"));
  const answered = textsOf(desk.toldTo(maria)).filter((text) => text.startsWith("resposta"));
  assertEquals(asked, said.map((words) => `pergunta ${words}`));
  assertEquals(answered, said.map((words) => `resposta ${words}`));
});

Deno.test("what another instance decides while an answer is looked at holds for the answer", async () => {
  const { wrapKv, onLook } = disturbedKv();
  await using desk = await TestDesk.open({ wrapKv });
  const maria = await desk.hearsFrom("Maria");
  const settings = { panel: false, signature: true };
  onLook(() => desk.anotherStore().record(desk.channel.id, () => ({ settings })));
  desk.ana.comments(desk.cardOf(maria), "bom dia!");
  await desk.settled();
  assertEquals(textsOf(desk.toldTo(maria)).at(-1), "Ana\nbom dia!");
  // It was received when it was first brought.
  assertEquals(desk.logLines.filter((line) => /"level":"(warn|error)"/.test(line)), []);
});
