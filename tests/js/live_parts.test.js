/* What the day's scripts decide: when to ask, how fresh news are, what waits, what is due next. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { outcome, Queue, sendAll } from "../../static/js/live/queue.js";
import { freshness, offsetOf, pause, stepAfter, toSay, toUndo } from "../../static/js/live/state.js";

const at = (time) => Date.parse(`2026-11-30T${time}:00+01:00`);
const SPAN = { begins: at("09:00"), ends: at("12:00") };
const ORDER = ["*start", "a", "b", "*end"].map((id) => ({ id, name: id.toUpperCase() }));

function queueOf(...keys) {
  const kept = new Map();
  const store = { kept: (name) => kept.get(name) ?? null, keep: (name, value) => kept.set(name, value) };
  const queue = new Queue("presses", store);
  keys.forEach((key) => queue.add({ key }));
  return queue;
}

test("on the day a page in front asks within ten seconds, on others once a minute", () => {
  for (const time of ["06:30", "09:00", "12:00", "17:30"]) {
    assert.ok(pause(SPAN, at(time), 0) >= 4000);
    assert.ok(pause(SPAN, at(time), 1) <= 8000);
  }
  assert.ok(pause(SPAN, at("05:00"), 0) > 40_000);
  assert.ok(pause(SPAN, at("19:00"), 0) > 40_000);
});

test("news are as old as they are, and after half a minute there is no signal", () => {
  assert.deepEqual(freshness(at("09:00"), at("09:00") + 12_400, "en"), { text: "12 sec", isSilent: false });
  assert.deepEqual(freshness(at("09:00"), at("09:03"), "en"), { text: "3 min", isSilent: true });
  assert.equal(freshness(at("09:00"), at("08:59"), "en").text, "0 sec");
});

test("of news one is told what was not said before, and nothing of what was there", () => {
  const before = { said: ["5 min late", "Hall at 10:35", "Umbrellas"] };
  assert.equal(toSay(null, before), "");
  assert.equal(toSay(before, before), "");
  assert.equal(toSay(before, { said: ["5 min late", "Umbrellas"] }), "");
  assert.equal(toSay(before, { said: ["10 min late", "Hall at 10:40", "Umbrellas"] }), "10 min late. Hall at 10:40");
});

test("the phone's clock is held against the service's", () => {
  assert.equal(offsetOf("1000", 940_400), 60);
  assert.equal(offsetOf(null, 940_400), null);
});

test("undo takes back the last press that waits, of its party, and the one before it after that", () => {
  const press = (key, kind, more) => ({ key, kind, party: "A", ...more });
  const waiting = [press("1", "left"), press("2", "shift"), press("3", "skip", { party: "B" })];
  assert.equal(toUndo(waiting, "A").key, "2");
  assert.equal(toUndo([...waiting, press("4", "undo", { other: "2" })], "A").key, "1");
  assert.equal(toUndo([press("4", "undo", { other: "2" })], "A"), undefined);
});

test("without an answer the large button goes on by itself", () => {
  assert.deepEqual(stepAfter({ kind: "left", stop: "*start" }, ORDER), { kind: "arrived", id: "a", name: "A" });
  assert.deepEqual(stepAfter({ kind: "arrived", stop: "a" }, ORDER), { kind: "left", id: "a", name: "A" });
  assert.equal(stepAfter({ kind: "arrived", stop: "*end" }, ORDER), null);
  assert.equal(stepAfter({ kind: "shift", stop: "a" }, ORDER), null);
});

test("presses wait for a signal, and are sent in their order", async () => {
  const queue = queueOf("one", "two", "three");
  const sent = [];
  const broken = await sendAll(queue, async ({ key }) => {
    if (key === "two") {
      throw new TypeError("no signal");
    }
    sent.push(key);
    return { status: 200 };
  });
  assert.deepEqual(broken, { refused: [], isDone: false });
  assert.deepEqual(queue.all(), [{ key: "two" }, { key: "three" }]);
  await sendAll(queue, async ({ key }) => {
    if (key === "two") {
      queue.add({ key: "pressed meanwhile" });
    }
    sent.push(key);
    return { status: 200 };
  });
  assert.deepEqual(sent, ["one", "two", "three", "pressed meanwhile"]);
  assert.deepEqual(queue.all(), []);
});

test("what is refused for good is told and does not wait, what may come later does", async () => {
  assert.deepEqual([200, 404, 422, 429, 408, 500, 503].map(outcome),
    ["sent", "refused", "refused", "again", "again", "again", "again"]);
  const queue = queueOf("one", "two");
  const answers = { one: { status: 422, reason: "too old" }, two: { status: 503 } };
  const told = await sendAll(queue, async ({ key }) => answers[key]);
  assert.deepEqual(told, { refused: ["too old"], isDone: false });
  assert.deepEqual(queue.all(), [{ key: "two" }]);
});

test("a store that is broken or closed is an empty queue", () => {
  const queue = new Queue("presses", { kept: () => "{", keep: () => {} });
  assert.deepEqual(queue.all(), []);
});
