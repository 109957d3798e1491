/* Names lettered along the course of a street: letter by letter, upright, where the course bends little. */

const STEEPEST = 0.42;
const MOST_BEND = 1.5;
const MOST_PLACES = 9;
const SPACING = 0.4;

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

const widths = new Map();

function widthOf(ctx, letter) {
  const key = ctx.font + letter;
  if (!widths.has(key)) {
    widths.set(key, ctx.measureText(letter).width);
  }
  return widths.get(key);
}

/* A name's letters with their widths, and the width of all. */
export function lettersOf(ctx, text) {
  const letters = Array.from(text, (letter) => ({ letter, width: widthOf(ctx, letter) + SPACING }));
  return { letters, width: letters.reduce((sum, one) => sum + one.width, 0) };
}

function along(line, { letters, width }, from, aside) {
  const [ax, ay] = placeAt(line, from);
  const [bx, by] = placeAt(line, from + width);
  const isBack = bx < ax || (bx === ax && by > ay);
  let at = isBack ? from + width : from;
  let last = null;
  let bend = 0;
  const placed = [];
  for (const { letter, width: own } of letters) {
    const [start, end] = isBack ? [at, at - own] : [at, at + own];
    const [sx, sy] = placeAt(line, start);
    const [ex, ey] = placeAt(line, end);
    const angle = Math.atan2(ey - sy, ex - sx);
    if (last !== null) {
      const turn = Math.abs(Math.atan2(Math.sin(angle - last), Math.cos(angle - last)));
      bend += turn;
      if (turn > STEEPEST || bend > MOST_BEND) {
        return null;
      }
    }
    last = angle;
    const [x, y] = [(sx + ex) / 2 - Math.sin(angle) * aside, (sy + ey) / 2 + Math.cos(angle) * aside];
    placed.push({ letter, x, y, angle });
    at = end;
  }
  return Math.hypot(bx - ax, by - ay) < width * 0.8 ? null : { placed, bend };
}

/* Places for a name along a line, the best first: near its middle, with little bend, on it or beside it. */
export function courses(line, name, asides) {
  const room = line.total - name.width;
  if (room < 0) {
    return [];
  }
  const count = Math.min(MOST_PLACES, 1 + Math.floor(room / Math.max(name.width / 3, 16)));
  const starts = Array.from({ length: count }, (_, i) => (count === 1 ? room / 2 : (room * i) / (count - 1)));
  starts.sort((a, b) => Math.abs(a - room / 2) - Math.abs(b - room / 2));
  return starts.flatMap((from) => asides.map((aside) => () => along(line, name, from, aside)));
}
