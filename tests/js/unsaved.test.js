/* What is half typed is kept over a reload, and never put over what a field has by then. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { halfTyped, putBack } from "../../static/js/editor/unsaved.js";

function field(id, defaultValue, value = defaultValue) {
  return { id, defaultValue, value };
}

test("only what differs from what is stored is kept", () => {
  const fields = [field("minutes-s1", "35"), field("minutes-s2", "20", "25"), field("note-pl-s1", "Wejście", "")];
  assert.deepEqual(halfTyped(fields), [{ id: "minutes-s2", value: "25" }, { id: "note-pl-s1", value: "" }]);
});

test("what was typed is in its field again", () => {
  const note = field("note-pl-s1", "");
  const taken = putBack([{ id: "note-pl-s1", value: "Wejście od" }], (id) => (id === note.id ? note : undefined));
  assert.deepEqual(taken, [note]);
  assert.equal(note.value, "Wejście od");
});

test("a field that is gone, is being typed in, or has it already takes nothing", () => {
  const typed = field("a", "1", "2");
  const same = field("b", "3");
  const kept = [{ id: "a", value: "9" }, { id: "b", value: "3" }, { id: "gone", value: "9" }];
  assert.deepEqual(putBack(kept, (id) => ({ a: typed, b: same })[id]), []);
  assert.equal(typed.value, "2");
});
