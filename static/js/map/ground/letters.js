/* Names lettered along the course of a street: letter by letter, upright, where the course bends little. */

const STEEPEST = 0.42;
const TIGHTEST = 0.44;
const LOOSEST = 0.66;
const MOST_BEND = 1.5;
const STRAIGHTEST = 0.86;
const MOST_PLACES = 9;
/* Pixels between two letters. */
export const SPACING = 0.4;
/* Letters that turn less than this in all stand on a straight line. */
export const STRAIGHT = 0.02;

/* A line in the view's pixels, with the length up to each of its points. */
export function measured(view, points) {
  const xs = new Float64Array(points.length / 2);
  const ys = new Float64Array(points.length / 2);
  const lengths = new Float64Array(points.length / 2);
  for (let i = 0; i < xs.length; i += 1) {
    xs[i] = points[2 * i] * view.scale - view.x;
    ys[i] = points[2 * i + 1] * view.scale - view.y;
    lengths[i] = i ? lengths[i - 1] + Math.hypot(xs[i] - xs[i - 1], ys[i] - ys[i - 1]) : 0;
  }
  return { xs, ys, lengths, total: lengths[lengths.length - 1] };
}

function placeAt({ xs, ys, lengths }, length) {
  let low = 1;
  let high = lengths.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lengths[middle] < length) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  const part = (length - lengths[low - 1]) / (lengths[low] - lengths[low - 1] || 1);
  return [xs[low - 1] + (xs[low] - xs[low - 1]) * part, ys[low - 1] + (ys[low] - ys[low - 1]) * part];
}

const MEASURED_AT = 20;
const widths = new Map();

/* The widths of letters in parts of their size, by face and weight: measured once, as measuring is slow. */
function faceOf(ctx, family, weight) {
  const face = weight + family;
  if (!widths.has(face)) {
    widths.set(face, new Map());
  }
  const known = widths.get(face);
  return (letter) => {
    if (!known.has(letter)) {
      const font = ctx.font;
      ctx.font = `${weight} ${MEASURED_AT}px ${family}`.trim();
      known.set(letter, ctx.measureText(letter).width / MEASURED_AT);
      ctx.font = font;
    }
    return known.get(letter);
  };
}

/* A name's letters with their widths, and the width of all. */
export function lettersOf(ctx, text, { family, weight, size }) {
  const part = faceOf(ctx, family, weight);
  const letters = Array.from(text, (letter) => ({ letter, width: part(letter) * size + SPACING }));
  return { letters, width: letters.reduce((sum, one) => sum + one.width, 0) };
}

/* The letters on a line from a length on, upright, with how much their course turns; null where it turns too much. */
function along(line, { letters, width }, from) {
  const [ax, ay] = placeAt(line, from);
  const [bx, by] = placeAt(line, from + width);
  if (Math.hypot(bx - ax, by - ay) < width * 0.8) {
    return null;
  }
  const isBack = bx < ax || (bx === ax && by > ay);
  let at = isBack ? from + width : from;
  let [sx, sy] = isBack ? [bx, by] : [ax, ay];
  let last = null;
  let bend = 0;
  const placed = [];
  for (const { letter, width: own } of letters) {
    at += isBack ? -own : own;
    const [ex, ey] = placeAt(line, at);
    const angle = Math.atan2(ey - sy, ex - sx);
    if (last !== null && angle !== last) {
      const turn = Math.abs(Math.atan2(Math.sin(angle - last), Math.cos(angle - last)));
      bend += turn;
      if (turn > STEEPEST || bend > MOST_BEND) {
        return null;
      }
    }
    last = angle;
    if (Math.hypot(ex - sx, ey - sy) < own * STRAIGHTEST) {
      return null;
    }
    placed.push({ letter, x: (sx + ex) / 2, y: (sy + ey) / 2, angle, own });
    [sx, sy] = [ex, ey];
  }
  return { placed, bend };
}

/* The same letters beside the line; null where they would stand too close within a bend, or too far apart around it. */
export function beside({ placed, bend }, far) {
  if (!far) {
    return placed;
  }
  const moved = placed.map((one) => (
    { ...one, x: one.x - Math.sin(one.angle) * far, y: one.y + Math.cos(one.angle) * far }
  ));
  const isUneven = bend > STRAIGHT && moved.some(({ x, y, own }, i) => {
    const gap = i ? Math.hypot(moved[i - 1].x - x, moved[i - 1].y - y) / (moved[i - 1].own + own) : 0.5;
    return gap < TIGHTEST || gap > LOOSEST;
  });
  return isUneven ? null : moved;
}

/* Places for a name along a line, the best first: near its middle. Each has the middle of the name, to look at
   first, and gives its letters when they are asked for. */
export function courses(line, name) {
  const room = line.total - name.width;
  if (room < 0) {
    return [];
  }
  const count = Math.min(MOST_PLACES, 1 + Math.floor(room / Math.max(name.width / 3, 16)));
  const starts = Array.from({ length: count }, (_, i) => (count === 1 ? room / 2 : (room * i) / (count - 1)));
  starts.sort((a, b) => Math.abs(a - room / 2) - Math.abs(b - room / 2));
  return starts.map((from) => (
    { middle: placeAt(line, from + name.width / 2), letters: () => along(line, name, from) }
  ));
}
