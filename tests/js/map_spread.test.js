/* Stops that would cover one another are pushed apart. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { spreadPoints } from "../../static/js/map/spread.js";

function gaps(places) {
  return places.flatMap((a, i) => places.slice(i + 1).map((b) => Math.hypot(a.x - b.x, a.y - b.y)));
}

test("points far apart stay where they are", () => {
  const points = [{ x: 0, y: 0 }, { x: 100, y: 0 }];
  spreadPoints(points).forEach((place, i) => assert.ok(Math.hypot(place.x - points[i].x, place.y - points[i].y) < 0.01));
});

test("points at one place get room for each", () => {
  const points = Array.from({ length: 5 }, () => ({ x: 40, y: 40 }));
  assert.ok(Math.min(...gaps(spreadPoints(points))) > 32);
});

test("the same points always give the same places", () => {
  const points = [{ x: 1, y: 2 }, { x: 1, y: 2 }, { x: 9, y: 3 }];
  assert.deepEqual(spreadPoints(points), spreadPoints(points));
});

test("what is given is not changed", () => {
  const points = [{ x: 1, y: 2 }, { x: 1, y: 2 }];
  spreadPoints(points);
  assert.deepEqual(points, [{ x: 1, y: 2 }, { x: 1, y: 2 }]);
});
