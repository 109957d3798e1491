/* Level names: in lines, centred at a place or beside a point, where they cover nothing. */
import { circles } from "./room.js";

export const LINE_HEIGHT = 1.18;
/* Where a name stands beside what it names: right, left, below, above, then between. */
const SIDES = [
  [1, 0], [-1, 0], [0, 1], [0, -1], [1, 1], [1, -1], [-1, 1], [-1, -1], [0.5, 1], [-0.5, 1], [0.5, -1], [-0.5, -1],
  [1, 0.5], [1, -0.5], [-1, 0.5], [-1, -0.5],
];
const NEAR = [1, 1.7];

export function font(view, size, weight = "") {
  view.ctx.font = `${weight} ${size}px ${view.family}`.trim();
}

/* The words of a name in up to three lines of about even length. */
export function broken(name, longest = Math.max(12, Math.ceil(name.length / 3))) {
  const lines = [];
  for (const word of name.split(" ")) {
    const last = lines[lines.length - 1];
    if (last !== undefined && (last + " " + word).length <= longest) {
      lines[lines.length - 1] = last + " " + word;
    } else {
      lines.push(word);
    }
  }
  return lines;
}

export function isInside(view, x, y) {
  return x > 0 && y > 0 && x < view.width && y < view.height;
}

function writeRows(view, rows, { colour, halo, group }) {
  const { ctx } = view;
  ctx.label = group;
  ctx.strokeStyle = halo || view.colours.land;
  rows.forEach(({ text, x, y }) => ctx.strokeText(text, x, y));
  ctx.fillStyle = colour;
  rows.forEach(({ text, x, y }) => ctx.fillText(text, x, y));
}

/* Level lines of a name centred at a place, if they are free. */
export function writeLevel(view, room, lines, { x, y, size, ...look }) {
  const tall = size * LINE_HEIGHT;
  const rows = lines.map((text, i) => ({ text, x, y: y + (i - (lines.length - 1) / 2) * tall }));
  const covers = rows.flatMap((row) => circles(x, row.y, 0, view.ctx.measureText(row.text).width, size));
  if (!isInside(view, x, y) || !room.claim(covers)) {
    return false;
  }
  view.written.push({ text: lines.join(" "), x, y, kind: look.kind });
  writeRows(view, rows, { ...look, group: `${lines.join(" ")}@${Math.round(x)},${Math.round(y)}` });
  return true;
}

/* A name in lines with its measures. */
export function blockOf(view, name, size) {
  const lines = broken(name, name.length > 40 ? 26 : 18);
  const width = Math.max(...lines.map((line) => view.ctx.measureText(line).width));
  return { lines, size, width, tall: lines.length * size * LINE_HEIGHT };
}

function into(at, half, low, high) {
  return Math.min(Math.max(at, low + half), high - half);
}

/* Along the frame's edge, so that it is not cut. */
function slid({ frame }, [dx, dy], at, { width, tall }) {
  return {
    ...at,
    x: Math.abs(dy) === 1 ? into(at.x, width / 2, frame.left, frame.right) : at.x,
    y: Math.abs(dx) === 1 ? into(at.y, tall / 2, frame.top, frame.bottom) : at.y,
  };
}

function isWithin({ frame }, { x, y }, { width, tall } = { width: 0, tall: 0 }) {
  return x - width / 2 >= frame.left && x + width / 2 <= frame.right
    && y - tall / 2 >= frame.top && y + tall / 2 <= frame.bottom;
}

/* The places beside a point, the nearest first; beside a point in sight all of them are in sight. */
export function* placesBeside(view, { x, y, gap }, block, far) {
  const isSeen = isWithin(view, { x, y });
  for (const times of far) {
    for (const side of SIDES) {
      const at = {
        x: x + side[0] * (gap * times + block.width / 2), y: y + side[1] * (gap * times + block.tall / 2), times,
      };
      const place = isSeen ? slid(view, side, at, block) : at;
      if (!isSeen || isWithin(view, place, block)) {
        yield place;
      }
    }
  }
}

/* A name beside a point, on the first side that is free. */
export function writeBeside(view, room, name, { x, y, gap, size, ...look }) {
  const block = blockOf(view, name, size);
  for (const at of placesBeside(view, { x, y, gap }, block, NEAR)) {
    if (writeLevel(view, room, block.lines, { x: at.x, y: at.y, size, ...look })) {
      return true;
    }
  }
  return false;
}
