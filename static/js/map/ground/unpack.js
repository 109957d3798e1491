/* The drawn town as it comes with the page, read back (planner/outputs/maps/packing.py packs it). */

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VALUE = new Map(Array.from(DIGITS, (digit, value) => [digit.charCodeAt(0), value]));

function reader(text) {
  let at = 0;
  function whole() {
    let value = 0;
    let shift = 0;
    for (;;) {
      const digit = VALUE.get(text.charCodeAt(at));
      at += 1;
      value += (digit & 31) * 2 ** shift;
      if (digit < 32) {
        return value;
      }
      shift += 5;
    }
  }
  function signed() {
    const value = whole();
    return value % 2 ? -(value + 1) / 2 : value / 2;
  }
  return { whole, signed, more: () => at < text.length };
}

/* Positions become Mercator pixels of zoom 0, so that a redraw only scales and shifts. */
function world(lon, lat) {
  const sine = Math.sin((lat * Math.PI) / 180);
  return [(lon / 360 + 0.5) * 256, (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * 256];
}

function lines(data, layer) {
  const digits = reader(layer.lines);
  const features = [];
  let lon = 0;
  let lat = 0;
  while (digits.more()) {
    const points = new Float64Array(digits.whole() * 2);
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < points.length; i += 2) {
      lon += digits.signed();
      lat += digits.signed();
      const [x, y] = world(lon / data.grid, lat / data.grid);
      points[i] = x;
      points[i + 1] = y;
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    }
    const name = layer.names ? data.names[layer.names[features.length]] : "";
    features.push({ kind: layer.kind, name, points, box });
  }
  return features;
}

/* Layers with their lines, marks as single points with their texts, and the box that one may look at. */
export function unpack(data) {
  const layers = data.layers.map((layer) => ({
    kind: layer.kind, estimated: Boolean(layer.estimated), fade: layer.fade || 0, features: lines(data, layer),
  }));
  const marks = (data.marks || []).flatMap(({ name, points, texts }) => {
    const [line] = lines(data, { lines: points });
    return Array.from({ length: line.points.length / 2 }, (_, i) => (
      { name, text: texts ? texts[i] : "", x: line.points[2 * i], y: line.points[2 * i + 1] }
    ));
  });
  return { layers, marks, limits: limits(data.limits) };
}

function limits(bounds) {
  if (!bounds) {
    return null;
  }
  const [west, south, east, north] = bounds;
  const [left, top] = world(west, north);
  const [right, bottom] = world(east, south);
  return { left, top, right, bottom, bounds: [[south, west], [north, east]] };
}
