import { assert, assertEquals } from "@std/assert";
import { sealWith } from "../../src/kv/seal.ts";
import { Store } from "../../src/kv/store.ts";
import { silentLog } from "../../src/log.ts";
import { idOf, type Reply, traceOf } from "../../src/replies/reply.ts";
import { Replies } from "../../src/replies/replies.ts";
import { usedAgain } from "../../src/replies/use.ts";
import { HOUR_MS } from "../../src/time/duration.ts";
import { TestDesk } from "../support/desk.ts";
import { slowlyListingKv } from "../support/disturbed_kv.ts";
import { expiringKv, watchedReads } from "../support/kv_doubles.ts";
import { randomInteger, seededRandom } from "../../playground/telegram/random.ts";

const DESK = -1001;
const ALL = { offset: 0, limit: 10_000 };

function replyOf(title: string, text: string): Reply {
  return { title, content: { kind: "text", words: { text, entities: [] } } };
}

/** A database with replies, somebody who changes it, and instances that follow. */
async function shelf(wrapKv: (kv: Deno.Kv) => Deno.Kv = (kv) => kv) {
  const kv = await Deno.openKv(":memory:");
  const time = { nowMs: Date.UTC(2031, 5, 5) };
  const { wrap, collect } = expiringKv(() => time.nowMs);
  const open: Replies[] = [];
  const storeOf = (owner: string, kv: Deno.Kv) =>
    new Store(kv, {
      botId: 1,
      owner,
      seal: sealWith("token"),
      retentionDays: 90,
      now: () => time.nowMs,
    });
  const instance = (name: string) => {
    const underWay: Promise<void>[] = [];
    const replies = new Replies(storeOf(name, wrapKv(kv)).replies, {
      fingerprintKey: "key",
      track: (work) => underWay.push(work),
      log: silentLog,
    });
    const settled = async () => {
      while (underWay.length > 0) await underWay.pop();
    };
    open.push(replies);
    return Object.assign(replies, { settled });
  };
  return {
    time,
    passes: async (ms: number) => {
      time.nowMs += ms;
      await collect(kv);
    },
    store: storeOf("other", wrap(kv)),
    instance,
    [Symbol.asyncDispose]: async () => {
      for (const replies of open) await replies.close();
      kv.close();
    },
  };
}

/** All that can be asked of the replies. */
async function seenBy(replies: Replies, words: string) {
  const found = await replies.find(DESK, words, ALL);
  return found.replies.map(({ id, reply, use }) => ({ id, reply, count: use?.count ?? 0 }));
}

Deno.test("whatever others change, one who was there before finds what one who comes new finds", async () => {
  await using desk = await shelf();
  const { store, time } = desk;
  const random = seededRandom(5);
  const somewhere = () => `Título ${randomInteger(random, 1, 40)}`;
  const text = () => `texto ${randomInteger(random, 1, 9)}`;
  const old = desk.instance("old");
  await old.find(DESK, "", ALL);
  const many = (count: number) =>
    Array.from({ length: count }, (_, n) => replyOf(`Novo ${n} de ${time.nowMs}`, text()));
  const changes: (() => Promise<unknown>)[] = [
    () => store.replies.add(DESK, replyOf(somewhere(), text()), { replaces: true }),
    () => store.replies.remove(DESK, idOf(somewhere())),
    () => store.replies.rename(DESK, idOf(somewhere()), somewhere()),
    () =>
      store.record(DESK, async (read) => {
        const id = idOf(somewhere());
        return { replyUses: [{ id, use: usedAgain(await read.replyUse(id), time.nowMs) }] };
      }),
    // Now and then it is more than is named one by one.
    () => store.replies.import(DESK, many(random() < 0.1 ? 70 : randomInteger(random, 1, 5))),
    () => desk.passes(random() < 0.2 ? 2 * HOUR_MS : 5000),
  ];
  for (let round = 0; round < 60; round++) {
    for (let change = randomInteger(random, 1, 8); change > 0; change--) {
      await changes[randomInteger(random, 0, changes.length - 1)]!();
    }
    const fresh = desk.instance(`fresh ${round}`);
    for (const words of ["", "titulo", "texto 3", "novo"]) {
      assertEquals(
        await seenBy(old, words),
        await seenBy(fresh, words),
        `round ${round}: ${words}`,
      );
    }
    const content = replyOf("", "texto 4").content;
    const trace = traceOf(content, "key");
    const [known, anew] = await Promise.all(
      [old, fresh].map((each) => each.idByTrace(DESK, trace)),
    );
    assertEquals(known === undefined, anew === undefined);
    if (known !== undefined) {
      assertEquals((await store.replies.get(DESK, known))?.content, content);
    }
  }
});

Deno.test("who asks while another's look is under way sees what was changed before they asked", async () => {
  let look = (): Promise<void> | void => {};
  await using desk = await shelf(watchedReads(() => look()));
  const replies = desk.instance("one");
  await replies.find(DESK, "", ALL);
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const { promise: isUnderWay, resolve: begun } = Promise.withResolvers<void>();
  look = () => {
    begun();
    return gate;
  };
  const early = replies.find(DESK, "", ALL);
  await isUnderWay;
  await desk.store.replies.add(DESK, replyOf("Um", "x"), { replaces: false });
  const late = [1, 2, 3].map(() => replies.find(DESK, "", ALL));
  open();
  assertEquals((await early).total, 0, "it had been read before");
  for (const { total } of await Promise.all(late)) assertEquals(total, 1);
});

Deno.test("a change reads no more than what was changed", async () => {
  let listed = 0;
  const count = () => Promise.resolve(void listed++);
  await using desk = await shelf(slowlyListingKv("reply", count));
  const { store } = desk;
  const all = Array.from({ length: 300 }, (_, n) => replyOf(`Item ${n}`, "x"));
  await store.replies.import(DESK, all);
  const replies = desk.instance("one");
  await replies.find(DESK, "", ALL);
  listed = 0;
  await store.replies.add(DESK, replyOf("Mais um", "x"), { replaces: false });
  await store.replies.rename(DESK, idOf("Item 7"), "Outro");
  await store.replies.remove(DESK, idOf("Item 8"));
  await store.record(
    DESK,
    () => ({ replyUses: [{ id: idOf("Item 9"), use: usedAgain(null, 1) }] }),
  );
  const index = await replies.ready(DESK);
  assert(index);
  assertEquals(index.find("item 9", ALL).replies[0]?.use?.count, 1);
  assertEquals(index.find("", ALL).total, 300);
  assertEquals(listed, 0);
});

Deno.test("a use is seen that was counted hours before anybody asks", async () => {
  await using desk = await shelf();
  const { store, time } = desk;
  await store.replies.add(DESK, replyOf("Um", "x"), { replaces: false });
  const replies = desk.instance("one");
  const countNow = async () => (await seenBy(replies, ""))[0]!.count;
  assertEquals(await countNow(), 0);
  const use = usedAgain(null, time.nowMs);
  await store.record(DESK, () => ({ replyUses: [{ id: idOf("Um"), use }] }));
  await desk.passes(2 * HOUR_MS);
  assertEquals(await countNow(), 1);
});

Deno.test("replies are ready when they were prepared, and again after much was changed", async () => {
  let reads = 0;
  await using desk = await shelf(watchedReads(() => void reads++));
  const replies = desk.instance("one");
  assertEquals(await replies.ready(DESK), null);
  replies.follow(DESK);
  await replies.settled();
  assertEquals((await replies.ready(DESK))?.find("", ALL).total, 0);

  const readBefore = reads;
  const many = Array.from({ length: 300 }, (_, n) => replyOf(`Item ${n}`, "x"));
  await desk.store.replies.import(DESK, many);
  const deadlineMs = Date.now() + 20_000;
  for (let readLast = -1; reads === readBefore || reads !== readLast;) {
    assert(Date.now() < deadlineMs, "nothing is read before somebody asks");
    readLast = reads;
    await new Promise((resolve) => setTimeout(resolve, 200));
    await replies.settled();
  }
  assertEquals((await replies.ready(DESK))?.find("", ALL).total, 300);
});

Deno.test("of two replies with the same content, one is known when the other is gone", async () => {
  await using desk = await shelf();
  const { store } = desk;
  const replies = desk.instance("one");
  const trace = traceOf(replyOf("", "igual").content, "key");
  for (const gone of ["Um", "Dois"]) {
    for (const title of ["Um", "Dois"]) {
      await store.replies.add(DESK, replyOf(title, "igual"), { replaces: true });
    }
    await replies.idByTrace(DESK, trace);
    await store.replies.remove(DESK, idOf(gone));
    assertEquals(await replies.idByTrace(DESK, trace), idOf(gone === "Um" ? "Dois" : "Um"));
  }
});

Deno.test("a bot that is asked to stop does not read on what nobody waits for", async () => {
  let read = 0;
  const pause = async () => {
    read++;
    await new Promise((resolve) => setTimeout(resolve, 1));
  };
  await using desk = await TestDesk.open({ wrapKv: slowlyListingKv("reply", pause) });
  const replies = Array.from({ length: 1000 }, (_, n) => replyOf(`Item ${n}`, "texto"));
  await desk.anotherStore().replies.import(desk.channel.id, replies);
  await desk.settled();
  const app = desk.anotherApp();
  await app.start();
  read = 0;
  while (read < 5) await new Promise((resolve) => setTimeout(resolve, 1));
  await app.close();
  assert(read < 500, `${read} of 1000 were read`);
});
