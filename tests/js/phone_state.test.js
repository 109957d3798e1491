/* What the first screen says, worked out on paper: a day of two stops with a way between them. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { cardAt, clockText, leftText, untilChange } from "../../static/js/phone/state.js";

const at = (time) => Date.parse(`2026-11-30T${time}+01:00`);
const card = (begins, ends) => ({ begins: begins ? at(begins) : -Infinity, ends: ends ? at(ends) : NaN });
const DAY = [
  card(null, "09:00:00"),
  card("09:00:00", "09:00:00"),
  card("09:00:00", "09:08:00"),
  card("09:08:00", "09:25:00"),
  card("09:25:00", "09:31:00"),
  card("09:31:00", "10:05:00"),
  card("10:05:00", null),
];
const N = "\u00a0";
const words = (text) => text.replaceAll(N, " ");

test("the card of a time is the last that has begun", () => {
  const times = ["08:59:59", "09:00:00", "09:07:59", "09:08:00", "09:24:59", "09:25:00", "10:04:59", "10:05:00", "23:00:00"];
  assert.deepEqual(times.map((time) => cardAt(DAY, at(time))), [0, 2, 2, 3, 3, 4, 5, 6, 6]);
  assert.equal(cardAt(DAY, Date.parse("2026-11-01T12:00Z")), 0);
});

test("what is left is told in the unit that matters", () => {
  const told = (left, language) => words(leftText(left * 1000, language));
  assert.equal(told(59.9, "en"), "59 sec");
  assert.equal(told(60, "en"), "1 min");
  assert.equal(told(5 * 60 + 59, "pl"), "5 min");
  assert.equal(told(89 * 60, "en"), "89 min");
  assert.equal(told(125 * 60, "en"), "2 hr 5 min");
  assert.equal(told(120 * 60, "pl"), "2 godz.");
  assert.equal(told(47 * 3600, "en"), "2 days");
  assert.equal(told(-5, "en"), "0 sec");
});

test("the page is looked at again when it says something else", () => {
  assert.equal(untilChange(DAY, at("09:10:20")), 40_000);
  assert.equal(untilChange(DAY, at("09:24:30") + 400), 601);
  assert.equal(untilChange(DAY, at("09:24:59") + 400), 600);
  assert.equal(untilChange(DAY, at("12:00:15")), 45_000);
});

test("nothing is said later than it is true", () => {
  for (let now = at("08:58:00"); now < at("10:06:00"); now += 7777) {
    const next = now + untilChange(DAY, now);
    assert.ok(next > now);
    assert.ok(DAY.every(({ begins }) => !(begins > now && begins < next)));
  }
});

test("the clock is the town's", () => {
  assert.equal(clockText(at("09:08:00"), "en", "Europe/Warsaw"), "09:08");
  assert.equal(clockText(at("00:05:00"), "pl", "Europe/Warsaw"), "00:05");
  assert.equal(clockText(at("09:08:00"), "pl", "Europe/Helsinki"), "10:08");
});
