/* Of the two links to a stop the one that the device knows stays. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { ownNavigation } from "../../static/js/navigation.js";

function left(agent) {
  const links = ["other", "apple"].map((phone) => ({ phone, isThere: true, remove() { this.isThere = false; } }));
  const root = { querySelectorAll: (rule) => links.filter(({ phone }) => rule === `[data-phone="${phone}"]`) };
  ownNavigation(root, agent);
  return links.filter(({ isThere }) => isThere).map(({ phone }) => phone);
}

test("iPhones, iPads and Macs keep Apple's", () => {
  for (const device of ["iPhone; CPU iPhone OS 18_0 like Mac OS X", "iPad; CPU OS 18_0", "Macintosh; Intel Mac OS X 10_15"]) {
    assert.deepEqual(left(`Mozilla/5.0 (${device}) AppleWebKit/605.1.15`), ["apple"]);
  }
});

test("all others keep geo:", () => {
  for (const device of ["Linux; Android 15; Pixel 9", "X11; Linux x86_64", "Windows NT 10.0; Win64; x64", ""]) {
    assert.deepEqual(left(`Mozilla/5.0 (${device})`), ["other"]);
  }
});
