/* Names on the drawn town: along straight stretches of streets, level inside areas, never over one another. */
import { KIND as K } from "./kinds.js";
import { widthAt } from "./style.js";

const CELL = 48;
const REPEAT = 420;
const BEND = 0.975;
const FIRST_ZOOM = {
  [K.MAJOR]: 13.8, [K.MEDIUM]: 14.2, [K.MINOR]: 14.8, [K.SERVICE]: 16.6, [K.PATH]: 16.6, [K.STEPS]: 16.6,
  [K.WATERWAY]: 14.4, [K.GREEN]: 14.8, [K.WATER]: 14.4, [K.SQUARE]: 15.4,
};
const STREETS = [K.MAJOR, K.MEDIUM, K.WATERWAY, K.MINOR, K.SERVICE, K.STEPS, K.PATH];
const AREAS = [K.SQUARE, K.WATER, K.GREEN];

/* Taken room, as circles in a grid of cells. */
function takenRoom() {
  const cells = new Map();
  const key = (x, y) => Math.floor(x / CELL) * 4096 + Math.floor(y / CELL);
  function near(x, y, hit) {
    for (let dx = -CELL; dx <= CELL; dx += CELL) {
      for (let dy = -CELL; dy <= CELL; dy += CELL) {
        if ((cells.get(key(x + dx, y + dy)) || []).some(hit)) {
          return true;
        }
      }
    }
    return false;
  }
  return {
    take: (x, y, radius) => {
      const cell = key(x, y);
      cells.set(cell, [...(cells.get(cell) || []), { x, y, radius }]);
    },
    isFree: (x, y, radius) =>
      !near(x, y, (one) => (one.x - x) ** 2 + (one.y - y) ** 2 < (one.radius + radius) ** 2),
  };
}

function takeKeptClear(room, { points, lines }) {
  points.forEach((point) => room.take(point.x, point.y, 17));
  for (const line of lines) {
    for (let i = 1; i < line.length; i += 1) {
      const [a, b] = [line[i - 1], line[i]];
      const steps = Math.min(Math.ceil(a.distanceTo(b) / 6), 400);
      for (let step = 0; step <= steps; step += 1) {
        room.take(a.x + ((b.x - a.x) * step) / (steps || 1), a.y + ((b.y - a.y) * step) / (steps || 1), 3.5);
      }
    }
  }
}

/* The circles a text covers, centred at x, y and turned by angle. */
function circles(x, y, angle, width, size) {
  const count = Math.max(2, Math.ceil(width / (size * 0.8)));
  return Array.from({ length: count }, (_, i) => {
    const along = (i / (count - 1) - 0.5) * (width - size * 0.5);
    return [x + Math.cos(angle) * along, y + Math.sin(angle) * along, size * 0.62];
  });
}

function measured(view, points) {
  const xs = [];
  const ys = [];
  const lengths = [];
  for (let i = 0; i < points.length; i += 2) {
    const x = points[i] * view.scale - view.x;
    const y = points[i + 1] * view.scale - view.y;
    const last = xs.length - 1;
    lengths.push(last < 0 ? 0 : lengths[last] + Math.hypot(x - xs[last], y - ys[last]));
    xs.push(x);
    ys.push(y);
  }
  function at(length) {
    let i = 1;
    while (i < lengths.length - 1 && lengths[i] < length) {
      i += 1;
    }
    const part = (length - lengths[i - 1]) / (lengths[i] - lengths[i - 1] || 1);
    return [xs[i - 1] + (xs[i] - xs[i - 1]) * part, ys[i - 1] + (ys[i] - ys[i - 1]) * part];
  }
  return { total: lengths[lengths.length - 1], at };
}

/* Straight stretches as long as the text, those nearest the line's middle first. */
function stretches(line, width, bulgeLimit) {
  const step = Math.max(width / 3, 16);
  const found = [];
  for (let from = 0; from + width <= line.total; from += step) {
    const [ax, ay] = line.at(from);
    const [mx, my] = line.at(from + width / 2);
    const [bx, by] = line.at(from + width);
    const chord = Math.hypot(bx - ax, by - ay);
    const bulge = Math.abs((bx - ax) * (ay - my) - (ax - mx) * (by - ay)) / (chord || 1);
    if (chord >= width * BEND && bulge < bulgeLimit) {
      const angle = Math.atan((by - ay) / (bx - ax || 1e-9));
      const far = Math.abs(from + width / 2 - line.total / 2);
      found.push({ x: (ax + bx + mx) / 3, y: (ay + by + my) / 3, angle, far });
    }
  }
  return found.sort((a, b) => a.far - b.far);
}

function sizeOf(kind, zoom) {
  const grown = Math.min(Math.max(zoom - 15, 0), 3);
  return (kind >= K.MEDIUM ? 11.5 : 10.5) + grown * (kind >= K.MEDIUM ? 1 : 0.8);
}

function write(view, text, { x, y, angle, size, colour }) {
  const { ctx } = view;
  ctx.save();
  ctx.translate(x, y);
  ctx.rotate(angle);
  ctx.strokeText(text, 0, 0);
  ctx.fillStyle = colour;
  ctx.fillText(text, 0, size * 0.03);
  ctx.restore();
}

function isInside(view, x, y) {
  return x > 0 && y > 0 && x < view.width && y < view.height;
}

function labelStreet(view, feature, room, written) {
  const size = sizeOf(feature.kind, view.zoom);
  const width = view.ctx.measureText(feature.name).width;
  const line = measured(view, feature.points);
  const broad = widthAt(feature.kind, view.zoom);
  const lift = broad / 2 + size * 0.75 + 3;
  const places = written.get(feature.name) || [];
  for (const spot of stretches(line, width + size, Math.max(3, broad * 0.4))) {
    if (places.some((place) => Math.hypot(place.x - spot.x, place.y - spot.y) < REPEAT)) {
      continue;
    }
    for (const aside of [0, -lift, lift]) {
      const x = spot.x - Math.sin(spot.angle) * aside;
      const y = spot.y + Math.cos(spot.angle) * aside;
      const covers = circles(x, y, spot.angle, width, size);
      if (isInside(view, x, y) && covers.every((circle) => room.isFree(...circle))) {
        covers.forEach((circle) => room.take(...circle));
        places.push({ x, y });
        write(view, feature.name, { x, y, angle: spot.angle, size, colour: view.colours.label });
        break;
      }
    }
  }
  written.set(feature.name, places);
}

/* The words of a name in up to three lines of about even length. */
function broken(name) {
  const words = name.split(" ");
  const longest = Math.max(12, Math.ceil(name.length / 3));
  const lines = [];
  for (const word of words) {
    const last = lines[lines.length - 1];
    if (last !== undefined && (last + " " + word).length <= longest) {
      lines[lines.length - 1] = last + " " + word;
    } else {
      lines.push(word);
    }
  }
  return lines;
}

function labelArea(view, feature, room, written) {
  const size = 11;
  const lines = broken(feature.name);
  const width = Math.max(...lines.map((line) => view.ctx.measureText(line).width));
  const [west, north, east, south] = feature.box;
  const tall = lines.length * size * 1.15;
  if ((east - west) * view.scale < width * 0.9 || (south - north) * view.scale < tall) {
    return;
  }
  const x = ((west + east) / 2) * view.scale - view.x;
  const y = ((north + south) / 2) * view.scale - view.y;
  const rows = lines.map((line, i) => [line, y + (i - (lines.length - 1) / 2) * size * 1.15]);
  const covers = rows.flatMap(([line, row]) => circles(x, row, 0, view.ctx.measureText(line).width, size));
  if (written.has(feature.name) || !covers.every((circle) => room.isFree(...circle))) {
    return;
  }
  covers.forEach((circle) => room.take(...circle));
  written.set(feature.name, [{ x, y }]);
  rows.forEach(([line, row]) => write(view, line, { x, y: row, angle: 0, size, colour: view.colours.label }));
}

function named(view, groups, kinds) {
  return kinds
    .filter((kind) => view.zoom >= FIRST_ZOOM[kind])
    .flatMap((kind) => groups.filter((group) => group.kind === kind))
    .flatMap((group) => group.features.filter((feature) => feature.name));
}

export function paintLabels(view, groups, keptClear) {
  const { ctx } = view;
  const family = getComputedStyle(ctx.canvas).fontFamily || "sans-serif";
  const room = takenRoom();
  const written = new Map();
  takeKeptClear(room, keptClear);
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.lineWidth = 3;
  ctx.strokeStyle = view.colours.land;
  ctx.font = "italic 11px " + family;
  named(view, groups, AREAS).forEach((feature) => labelArea(view, feature, room, written));
  for (const feature of named(view, groups, STREETS)) {
    ctx.font = (feature.kind >= K.MEDIUM ? "500 " : "") + sizeOf(feature.kind, view.zoom) + "px " + family;
    labelStreet(view, feature, room, written);
  }
}
