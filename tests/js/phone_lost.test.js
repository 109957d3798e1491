import assert from "node:assert/strict";
import { test } from "node:test";

import { bearing, directionName, headingOf, metresBetween } from "../../static/js/phone/compass.js";
import { comingDay, entryOf } from "../../static/js/phone/worker/find.js";

const NAMES = ["north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"];

test("distances and directions on the ground", () => {
  assert.equal(Math.round(metresBetween([50, 20], [50.001, 20])), 111);
  assert.equal(Math.round(bearing([50, 20], [50.001, 20])), 0);
  assert.equal(Math.round(bearing([50, 20], [50, 20.001])), 90);
  assert.equal(directionName(350, NAMES), "north");
  assert.equal(directionName(bearing([50, 20], [49.999, 19.9985]), NAMES), "south-west");
});

test("a phone's sensors tell its heading, or nothing", () => {
  assert.equal(headingOf({ webkitCompassHeading: 90 }), 90);
  assert.equal(headingOf({ absolute: true, alpha: 90 }), 270);
  assert.equal(headingOf({ absolute: false, alpha: 90 }), null);
});

const PATH = "/v/token";
const LIST = { lang: "pl", zone: "Europe/Warsaw", dates: ["2026-11-30", "2026-12-01"], entries: ["pl", "en"].flatMap(
  (lang) => [1, 2].flatMap((day) => ["", "A"].map((party) => ({
    url: `${PATH}?day=${day}${party && "&party=A"}&lang=${lang}`, what: "page", day, party, lang }))),
) };

function found(address, at = "2026-11-30T09:00:00+01:00") {
  return entryOf(LIST, new URL(address, "https://visits.example"), PATH, Date.parse(at))?.url;
}

test("a copy knows the page that is asked for, and the nearest where it has none", () => {
  assert.equal(found(PATH), `${PATH}?day=1&lang=pl`);
  assert.equal(found(`${PATH}?lang=en`, "2026-11-30T23:30:00Z"), `${PATH}?day=2&lang=en`);
  assert.equal(found(`${PATH}?lang=de&party=A`), `${PATH}?day=1&party=A&lang=pl`);
  assert.equal(found(`${PATH}?party=B&lang=en`), `${PATH}?day=1&lang=en`);
  assert.equal(found(`${PATH}/files`), undefined);
  const files = [1, 2].map((day) => ({ url: `${PATH}/map.html?day=${day}&lang=pl`, what: "file", day, party: "", lang: "pl" }));
  const sheets = { url: `${PATH}/print?lang=pl`, what: "sheets", day: 0, party: "", lang: "pl" };
  const more = { ...LIST, entries: [...LIST.entries, ...files, sheets] };
  const of = (address) => entryOf(more, new URL(address, "https://visits.example"), PATH,
    Date.parse("2026-12-01T09:00:00+01:00"))?.url;
  assert.equal(of(`${PATH}/map.html?lang=en`), files[1].url);
  assert.equal(of(`${PATH}/map.html?day=1&lang=en`), files[0].url);
  assert.equal(of(`${PATH}/map.html?day=3`), undefined);
  assert.equal(of(`${PATH}/print?day=2&lang=en`), sheets.url);
  assert.equal(comingDay(LIST, Date.parse("2027-01-01")), 2);
});
