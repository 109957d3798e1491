/* Ways on one street lie beside each other: a line is moved aside by its lanes (planner/outputs/maps/lanes.py),
   in pixels of the present zoom. */

const LANE = 6.5;
const WIDEST = 15;
const SHARPEST = 0.4;
const NEAR = 1.5;

/* How far apart lanes lie, so that many of them still leave the street to be seen. */
export function spacing(legs) {
  const lanes = legs.flatMap((leg) => (leg.lanes || []).map(([, , lane]) => Math.abs(lane)));
  return Math.min(LANE, WIDEST / Math.max(1, ...lanes));
}

function laneAt(lanes, stretch) {
  const run = lanes.find(([first, last]) => stretch >= first && stretch < last);
  return run ? run[2] : 0;
}

/* The points without those that lie on the one before: their direction is noise. Ends stay. */
function thinned(points, lanes) {
  const kept = [{ at: points[0], lane: laneAt(lanes, 0) }];
  for (let i = 1; i < points.length; i += 1) {
    const last = kept[kept.length - 1];
    const isEnd = i === points.length - 1;
    if (isEnd || Math.hypot(points[i].x - last.at.x, points[i].y - last.at.y) > NEAR) {
      kept.push({ at: points[i], lane: laneAt(lanes, i) });
    }
  }
  return kept;
}

function right(a, b) {
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  return { x: -(b.y - a.y) / length, y: (b.x - a.x) / length };
}

/* The points of a line in pixels, each moved to the right by its lane. */
export function aside(points, lanes, step) {
  if (!lanes || !lanes.length || points.length < 2) {
    return points;
  }
  const kept = thinned(points, lanes);
  return kept.map(({ at, lane }, i) => {
    const before = i > 0 ? right(kept[i - 1].at, at) : null;
    const after = i < kept.length - 1 ? right(at, kept[i + 1].at) : null;
    const [a, b] = [before || after, after || before];
    const [from, to] = [i > 0 ? kept[i - 1].lane : lane, after ? lane : kept[i - 1].lane];
    const middle = { x: a.x + b.x, y: a.y + b.y };
    const size = Math.hypot(middle.x, middle.y);
    const far = ((from + to) / 2) * step;
    if (size < SHARPEST) {
      return { x: at.x + b.x * far, y: at.y + b.y * far };
    }
    const miter = Math.min(2 / size, 1.6);
    return { x: at.x + (middle.x / size) * far * miter, y: at.y + (middle.y / size) * far * miter };
  });
}
