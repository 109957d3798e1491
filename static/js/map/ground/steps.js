/* The town's areas and lines, painted step by step as the description orders them (kinds.js). */
import { KIND as K, LOOKS, ORDER } from "../kinds.js";
import { widthAt } from "../style.js";

const BATCH = 120;
const TIES_FROM = 14;
const FADES = [1, 0.6, 0.3];
const EDGE_PX = 90;
/* What is nearer to the point before, or smaller, than so many pixels is not seen and not painted. */
const UNSEEN = 0.7;
/* Narrower lines show no round ends, and no round corners. */
const ROUND_END = 3.5;
const ROUND_CORNER = 8;

/* Tells what of the features lies on the canvas and is large enough to be seen. */
export function inView(view) {
  const margin = 20;
  const west = (view.x - margin) / view.scale;
  const north = (view.y - margin) / view.scale;
  const east = (view.x + view.width + margin) / view.scale;
  const south = (view.y + view.height + margin) / view.scale;
  const unseen = UNSEEN / view.scale;
  return ({ box }) => box[0] < east && box[2] > west && box[1] < south && box[3] > north
    && (box[2] - box[0] > unseen || box[3] - box[1] > unseen);
}

function trace(view, points) {
  const { ctx, scale, x, y } = view;
  let [lastX, lastY] = [points[0] * scale - x, points[1] * scale - y];
  ctx.moveTo(lastX, lastY);
  const last = points.length - 2;
  for (let i = 2; i <= last; i += 2) {
    const [nextX, nextY] = [points[i] * scale - x, points[i + 1] * scale - y];
    if (i === last || Math.abs(nextX - lastX) + Math.abs(nextY - lastY) > UNSEEN) {
      ctx.lineTo(nextX, nextY);
      [lastX, lastY] = [nextX, nextY];
    }
  }
}

/* One step of the order after the other; gives back what was painted, as [step, features]. */
export function paintSteps(view, groups) {
  const done = [];
  for (const step of ORDER) {
    const [what, name] = step.includes(":") ? step.split(":") : ["", step];
    const look = LOOKS[K[name]];
    const width = look.widths ? widthAt(K[name], view.zoom) : 0;
    const own = groups.filter((group) => group.kind === K[name]);
    const isDrawn = view.zoom >= look.from && (!look.widths || width) && (what !== "ties" || view.zoom >= TIES_FROM);
    if (isDrawn && own.length) {
      own.forEach((group) => {
        view.ctx.globalAlpha = FADES[group.fade];
        STEPS[what || (look.widths ? "line" : "fill")](view, group, view.colours[look.colour], width);
      });
      done.push([step, own.reduce((sum, group) => sum + group.features.length, 0)]);
    }
  }
  view.ctx.globalAlpha = 1;
  return done;
}

const STEPS = {
  fill(view, group, colour) {
    const { ctx } = view;
    ctx.fillStyle = colour;
    if (group.kind === K.BUILDING) {
      ctx.globalAlpha *= Math.min(Math.max((view.zoom - LOOKS[K.BUILDING].from) * 2 + 0.3, 0), 1);
    }
    for (const feature of group.features) {
      ctx.beginPath();
      trace(view, feature.points);
      ctx.closePath();
      ctx.fill();
    }
  },
  casing(view, group, _colour, width) {
    const edge = view.zoom < 14.5 ? 0.7 : 1;
    const dashed = group.estimated ? { dash: [5, 4], cap: "butt" } : {};
    stroke(view, group, { colour: view.colours.casing, width: width + 2 * edge, ...dashed });
  },
  ties(view, group, colour, width) {
    stroke(view, group, { colour, width: width + 4, dash: [1.2, 10.8], cap: "butt" });
  },
  line(view, group, colour, width) {
    const styles = {
      [K.PATH]: { width: Math.max(width, 0.8), dash: group.estimated ? [1, 5] : [4.5, 3.5], cap: "butt" },
      [K.STEPS]: { dash: [1, 1.6], cap: "butt" },
      [K.RAIL]: { cap: "butt" },
      [K.RIVER]: { cap: "butt" },
    };
    stroke(view, group, { colour, width, ...styles[group.kind] });
  },
};

function stroke(view, group, { colour, width, dash = [], cap = "round" }) {
  const { ctx } = view;
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.lineJoin = width < ROUND_CORNER ? "bevel" : "round";
  ctx.lineCap = width < ROUND_END ? "butt" : cap;
  ctx.setLineDash(dash);
  for (let start = 0; start < group.features.length; start += BATCH) {
    ctx.beginPath();
    for (const feature of group.features.slice(start, start + BATCH)) {
      trace(view, feature.points);
    }
    ctx.stroke();
  }
  ctx.setLineDash([]);
}

/* Towards the limits of what is known everything gets fainter, and beyond them there is land. */
export function fadeOut(view, limits) {
  if (!limits) {
    return;
  }
  const { ctx, scale, x, y, width, height, colours: { land } } = view;
  const [left, right] = [limits.left * scale - x, limits.right * scale - x];
  const [top, bottom] = [limits.top * scale - y, limits.bottom * scale - y];
  const edge = Math.min(EDGE_PX, (right - left) / 6, (bottom - top) / 6);
  const clear = land.replace("rgb(", "rgba(").replace(")", ", 0)");
  const sides = [
    [left, 0, left + edge, 0, [0, 0, left + edge, height]],
    [right, 0, right - edge, 0, [right - edge, 0, width - right + edge, height]],
    [0, top, 0, top + edge, [0, 0, width, top + edge]],
    [0, bottom, 0, bottom - edge, [0, bottom - edge, width, height - bottom + edge]],
  ];
  for (const [x0, y0, x1, y1, box] of sides) {
    if (box[2] > 0 && box[3] > 0) {
      const gradient = ctx.createLinearGradient(x0, y0, x1, y1);
      gradient.addColorStop(0, land);
      gradient.addColorStop(1, clear);
      ctx.fillStyle = gradient;
      ctx.fillRect(...box);
    }
  }
}
