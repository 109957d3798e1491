/* Themes in their order, lengths as people say them, from which version a phone asks, where it is in the list. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { askedFrom } from "../../static/js/phone/changes.js";
import { rowInView } from "../../static/js/phone/languages.js";
import { nextTheme } from "../../static/js/phone/theme.js";

test("the themes go round", () => {
  assert.deepEqual(["auto", "light", "dark", "sun", "no such"].map(nextTheme), ["light", "dark", "sun", "auto", "auto"]);
});

test("a phone asks from the version it has seen, and not on its first look", () => {
  assert.deepEqual([["3", 5], ["5", 5], ["6", 5], [null, 5], ["", 5], ["x", 5]].map((one) => askedFrom(...one)), [3, 0, 0, 0, 0, 0]);
});

test("the row at the top is where one reads", () => {
  const rows = [-300, -20, 200].map((top, n) => ({ id: `row-${n}`, getBoundingClientRect: () => ({ top }) }));
  assert.equal(rowInView(rows, 0), "row-1");
  assert.equal(rowInView(rows, -400), "");
});
