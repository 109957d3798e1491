/* The drawn town, read back from its few bytes. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { unpack } from "../../static/js/map/ground/unpack.js";

/* One line of two points, (1, 2) and then 3 east and 4 south, in steps of 1/10 degree; digits as base64 of 5 bits. */
const DATA = { grid: 10, names: ["Rynek"], layers: [{ kind: 10, lines: "CCEGH", names: [0] }] };

test("positions are differences, names are numbers in a list", () => {
  const [layer] = unpack(DATA).layers;
  assert.equal(layer.kind, 10);
  assert.equal(layer.estimated, false);
  assert.equal(layer.features.length, 1);
  const [feature] = layer.features;
  assert.equal(feature.name, "Rynek");
  const lons = [feature.points[0], feature.points[2]].map((x) => (x / 256 - 0.5) * 360);
  assert.deepEqual(lons.map((lon) => Math.round(lon * 10)), [1, 4]);
});

test("the box holds all points", () => {
  const [{ features: [{ box, points }] }] = unpack(DATA).layers;
  assert.deepEqual(box, [points[0], Math.min(points[1], points[3]), points[2], Math.max(points[1], points[3])]);
});

test("a layer without lines has no features", () => {
  assert.deepEqual(unpack({ grid: 10, names: [], layers: [{ kind: 0, lines: "", estimated: 1 }] }).layers, [
    { kind: 0, estimated: true, fade: 0, features: [] },
  ]);
});
