/* Rules of opening hours as rows and back, without a browser. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { DAYS, read, write } from "../../static/js/hours/rule.js";

test("a plain week is one row", () => {
  assert.deepEqual(read("Mo-Fr 08:00-16:00"), [
    { days: ["Mo", "Tu", "We", "Th", "Fr"], kind: "open", times: [["08:00", "16:00"]] },
  ]);
});

test("a later part has its days to itself, one after a comma adds", () => {
  assert.deepEqual(read("Mo-We 08:00-16:00; We off").map(({ days, kind }) => [days.join(), kind]), [
    ["Mo,Tu", "open"], ["We", "closed"],
  ]);
  assert.equal(write(read("Mo 08:00-10:00, Mo 12:00-14:00")), "Mo 08:00-10:00,12:00-14:00");
});

test("what rows cannot say is null", () => {
  for (const rule of ["week 1-20 Mo 10:00-12:00", "Mo-Fr 25:00-26:00", "Mo-Fr 10:00+", "SH Mo-Fr 10:00-12:00"]) {
    assert.equal(read(rule), null, rule);
  }
});

test("a week over the weekend goes round", () => {
  assert.deepEqual(read("Sa-Mo 10:00-12:00")[0].days, ["Mo", "Sa", "Su"]);
});

test("every single day is written as it is read", () => {
  for (const day of DAYS) {
    const rule = `${day} 09:00-17:00`;
    assert.equal(write(read(rule)), rule);
  }
});

test("midnight at the end of a day is 24:00", () => {
  assert.equal(write([{ days: ["Mo"], kind: "open", times: [["18:00", "00:00"]] }]), "Mo 18:00-24:00");
});
