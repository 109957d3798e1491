/* What is made of static/look.json is what the repository has. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { colourRules, kindsModule, styleSheet } from "../../static/js/look.mjs";

const read = (name) => readFileSync(fileURLToPath(new URL(`../../static/${name}`, import.meta.url)), "utf8");
const LOOK = JSON.parse(read("look.json"));
const ADVICE = "run `npm run build`: this is made from static/look.json";

test("the style sheet has the colours of look.json", () => {
  const text = read("css/tokens.css");
  assert.equal(text, styleSheet(text, LOOK), ADVICE);
});

test("the maps' script has the kinds of look.json", () => {
  assert.equal(read("js/map/kinds.js"), kindsModule(LOOK), ADVICE);
});

test("only browsers that know light-dark() are shown it", () => {
  const rules = colourRules({ colours: { ink: { light: "#111111", dark: "#eeeeee", print: "#000000" } } });
  const [plain, known] = rules.split("@supports (color: light-dark(#ffffff, #000000)) {");
  assert.match(plain, /--ink: #111111;/);
  assert.doesNotMatch(plain, /light-dark/);
  assert.match(known, /--ink: light-dark\(#111111, #eeeeee\);/);
  assert.match(known, /@media print \{[^@]*color-scheme: light;[^@]*--ink: #000000;/);
});
