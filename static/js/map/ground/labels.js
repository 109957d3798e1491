/* What is written and marked on the drawn town: along streets, level inside areas, beside marks and stops;
   in the order in which things get room, never over one another, a stop or the route. */
import { KIND as K, LABELS, LOOKS, MARKS } from "../kinds.js";
import { widthAt } from "../style.js";
import { beside, courses, lettersOf, measured, SPACING, STRAIGHT } from "./letters.js";
import { takenRoom } from "./room.js";
import { writeVisit } from "./visit_names.js";
import { broken, font, isInside, LINE_HEIGHT, writeBeside, writeLevel } from "./write.js";

const REPEAT = 420;
const DISC = 18;
const ROUTE = 4.2;
const GROWS_FROM = 15;
const MARK_ROOM = 7;
function sizeOf(look, zoom) {
  return look.size + Math.min(Math.max(zoom - GROWS_FROM, 0), 3) * 0.8;
}

function labelStreet(view, room, feature, label) {
  const size = sizeOf(label, view.zoom);
  const weight = feature.kind >= K.MEDIUM && feature.kind <= K.MAJOR ? "500" : "";
  const places = view.named.get(feature.name) || [];
  const line = measured(view, feature.points);
  const name = lettersOf(view.ctx, feature.name, { family: view.family, weight, size });
  if (line.total < name.width) {
    return;
  }
  font(view, size, weight);
  const far = Math.max(widthAt(feature.kind, view.zoom) / 2, 2) + size * 0.72;
  for (const { middle: [x, y], letters } of courses(line, name)) {
    if (!isInside(view, x, y) || places.some((one) => Math.hypot(one.x - x, one.y - y) < REPEAT)) {
      continue;
    }
    const placed = claimed(view, room, letters(), [0, -far, far], size);
    if (placed) {
      places.push({ x, y });
      view.named.set(feature.name, places);
      writeAlong(view, feature, placed, size, label);
      if (places.length > 3) {
        return;
      }
    }
  }
}

/* The letters on their line or beside it, the first that is free and on the canvas; its room is taken. */
function claimed(view, room, course, asides, size) {
  for (const far of course ? asides : []) {
    const placed = beside(course, far);
    if (placed && placed.every(({ x, y }) => isInside(view, x, y))
      && room.claim(placed.map(({ x, y }) => [x, y, size * 0.66]))) {
      return { letters: placed, isStraight: course.bend < STRAIGHT };
    }
  }
  return null;
}

/* The middle of a straight row of letters, of which the first and the last have widths of their own. */
function between(first, last) {
  const shift = (last.own - first.own) / 4;
  const { angle } = first;
  return { x: (first.x + last.x) / 2 + Math.cos(angle) * shift, y: (first.y + last.y) / 2 + Math.sin(angle) * shift };
}

function writeAlong(view, feature, { letters, isStraight }, size, label) {
  const { ctx, ratio } = view;
  const [first, last] = [letters[0], letters[letters.length - 1]];
  ctx.label = `${feature.name}@${Math.round(first.x)},${Math.round(first.y)}`;
  view.written.push({ text: feature.name, x: first.x, y: first.y, kind: LOOKS[feature.kind].name });
  const isStreet = feature.kind >= K.SERVICE && feature.kind <= K.MAJOR;
  ctx.strokeStyle = label.colour === "water-label" ? view.colours[LOOKS[feature.kind].colour] : view.colours[isStreet ? "street" : "land"];
  ctx.fillStyle = view.colours[label.colour || "label"];
  const pieces = isStraight
    ? [{ letter: feature.name, ...between(first, last), angle: first.angle }]
    : letters.filter(({ letter }) => letter !== " ");
  const turned = pieces.map(({ letter, x, y, angle }) => (
    { letter, x: x * ratio, y: y * ratio, cos: Math.cos(angle) * ratio, sin: Math.sin(angle) * ratio }
  ));
  ctx.letterSpacing = isStraight ? `${SPACING}px` : "0px";
  for (const write of ["strokeText", "fillText"]) {
    for (const { letter, x, y, cos, sin } of turned) {
      ctx.setTransform(cos, sin, -sin, cos, x, y);
      ctx[write](letter, 0, size * 0.04);
    }
  }
  ctx.letterSpacing = "0px";
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
}

function labelArea(view, room, feature, label) {
  if (view.named.has(feature.name)) {
    return;
  }
  const size = sizeOf(label, view.zoom);
  font(view, size, "italic");
  const lines = broken(feature.name);
  const width = Math.max(...lines.map((line) => view.ctx.measureText(line).width));
  const [west, north, east, south] = feature.box;
  const tall = lines.length * size * LINE_HEIGHT;
  if ((east - west) * view.scale < width * 0.9 || (south - north) * view.scale < tall) {
    return;
  }
  const x = ((west + east) / 2) * view.scale - view.x;
  const y = ((north + south) / 2) * view.scale - view.y;
  const { name, colour } = LOOKS[feature.kind];
  const look = { colour: view.colours[label.colour || "label"], halo: view.colours[colour], kind: name };
  if (writeLevel(view, room, lines, { x, y, size, ...look })) {
    view.named.set(feature.name, [{ x, y }]);
  }
}

/* A mark's shape, and from its zoom on its name. */
function paintMark(view, room, mark, look, shape) {
  const x = mark.x * view.scale - view.x;
  const y = mark.y * view.scale - view.y;
  const size = sizeOf(look, view.zoom);
  if (!isInside(view, x, y) || (shape && !room.claim([[x, y, MARK_ROOM]]))) {
    return;
  }
  if (shape) {
    drawShape(view, shape, x, y);
    view.marked.push({ name: mark.name, text: mark.text, x, y });
  }
  if (!mark.text || view.zoom < look.label || view.named.has(mark.text)) {
    return;
  }
  font(view, size, mark.name === "quarter" ? "600" : "");
  const colour = view.colours[mark.name === "quarter" || mark.name === "square" ? "label" : "mark"];
  const isWritten = shape
    ? writeBeside(view, room, mark.text, { x, y, gap: 9, size, colour, kind: mark.name })
    : writeLevel(view, room, broken(mark.text), { x, y, size, colour, kind: mark.name });
  if (isWritten && mark.name !== "house_number") {
    view.named.set(mark.text, [{ x, y }]);
  }
}

function drawShape(view, shape, x, y) {
  const { ctx } = view;
  ctx.save();
  ctx.translate(x, y);
  ctx.strokeStyle = view.colours.land;
  ctx.stroke(shape);
  ctx.fillStyle = view.colours.mark;
  ctx.fill(shape, "evenodd");
  ctx.restore();
}

const shapes = new Map(MARKS.filter(({ path }) => path).map(({ name, path }) => [name, path]));

function paintMarks(view, room, marks, names) {
  for (const look of MARKS.filter(({ name }) => names.includes(name))) {
    if (view.zoom < look.from || view.zoom > (look.until || 99)) {
      continue;
    }
    const shape = shapes.has(look.name) ? new Path2D(shapes.get(look.name)) : null;
    marks.filter(({ name }) => name === look.name).forEach((mark) => paintMark(view, room, mark, look, shape));
  }
}

function named(view, groups, kind) {
  const { label } = LOOKS[kind];
  if (view.zoom < label.from) {
    return [];
  }
  const features = groups.filter((group) => group.kind === kind).flatMap((group) => group.features);
  return features.filter((feature) => feature.name).sort((a, b) => span(b) - span(a));
}

function span({ box }) {
  return box[2] - box[0] + box[3] - box[1];
}

const BEFORE_STREETS = ["quarter", "station", "church", "castle", "square"];
const AFTER_STREETS = MARKS.map(({ name }) => name).filter((name) => !BEFORE_STREETS.includes(name));

export function paintLabels(view, groups, marks, keptClear) {
  const { ctx } = view;
  const room = takenRoom();
  Object.assign(view, { named: new Map(), written: [], marked: [] });
  view.family = getComputedStyle(ctx.canvas).fontFamily || "sans-serif";
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.lineWidth = 2.6;
  keptClear.points.forEach(({ x, y }) => room.take(x, y, DISC));
  keptClear.lines.forEach((line) => room.takeLine(line, ROUTE));
  keptClear.boxes.forEach((box) => room.takeBox(box));
  writeVisit(view, room, keptClear);
  paintMarks(view, room, marks, BEFORE_STREETS);
  for (const name of LABELS) {
    const { label, widths } = LOOKS[K[name]];
    const write = widths ? labelStreet : labelArea;
    named(view, groups, K[name]).forEach((feature) => write(view, room, feature, label));
  }
  paintMarks(view, room, marks, AFTER_STREETS);
}
