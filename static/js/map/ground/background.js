/* The town around the visit, drawn on a canvas from the page's own data (planner/outputs/maps/ground.py).

   What is painted in which order, from which zoom on and how is the description's (kinds.js). A renderer in
   Leaflet's sense (private names as of the Leaflet 1.9 that is shipped with it): it gives the padded canvas
   that follows the map and is scaled during a zoom; only the drawing is ours. */
import { KIND as K, LOOKS, ORDER } from "../kinds.js";
import { colours, onThemeChange, widthAt } from "../style.js";
import { paintLabels } from "./labels.js";
import { unpack } from "./unpack.js";

const BATCH = 120;
const MAX_PIXELS = 14e6;
const TIES_FROM = 14;
const FADES = [1, 0.6, 0.3];
const EDGE_PX = 90;

const ABILITIES = {
  options: { padding: 0.15, pane: "tilePane" },

  initialize: function (data, options) {
    L.Renderer.prototype.initialize.call(this, options);
    Object.assign(this, unpack(data));
    this._avoid = () => ({ points: [], lines: [], names: [], boxes: [] });
    this.painted = { steps: [], written: [], marked: [] };
  },

  onAdd: function () {
    L.Renderer.prototype.onAdd.call(this);
    this._stopWatching = onThemeChange(() => this.redraw());
  },

  onRemove: function () {
    this._stopWatching();
    L.Renderer.prototype.onRemove.call(this);
  },

  /* What names keep clear of: a function that gives {points, lines, names} in degrees and boxes in pixels. */
  keepClearOf: function (avoid) {
    this._avoid = avoid;
    return this.redraw();
  },

  redraw: function () {
    if (this._map && this._bounds) {
      this._paint();
    }
    return this;
  },

  _initContainer: function () {
    this._container = L.DomUtil.create("canvas", "visit-map__town");
    this._container.setAttribute("aria-hidden", "true");
    this._context = this._container.getContext("2d");
  },

  _destroyContainer: function () {
    this._container.remove();
    delete this._container;
    delete this._context;
  },

  _update: function () {
    if (this._map._animatingZoom && this._bounds) {
      return;
    }
    L.Renderer.prototype._update.call(this);
    const size = this._bounds.getSize();
    const ratio = Math.min(window.devicePixelRatio || 1, 3, Math.sqrt(MAX_PIXELS / (size.x * size.y || 1)));
    const canvas = this._container;
    canvas.width = Math.round(size.x * ratio);
    canvas.height = Math.round(size.y * ratio);
    canvas.style.width = size.x + "px";
    canvas.style.height = size.y + "px";
    L.DomUtil.setPosition(canvas, this._bounds.min);
    this._ratio = ratio;
    this._paint();
  },

  _paint: function () {
    const origin = this._map._getNewPixelOrigin(this._center, this._zoom).add(this._bounds.min);
    const size = this._bounds.getSize();
    const view = {
      ctx: this._context, zoom: this._zoom, scale: 2 ** this._zoom, x: origin.x, y: origin.y,
      width: size.x, height: size.y, colours: colours(this._map.getContainer()), frame: this._frame(),
      ratio: this._ratio,
    };
    this._context.setTransform(this._ratio, 0, 0, this._ratio, 0, 0);
    view.ctx.fillStyle = view.colours.land;
    view.ctx.fillRect(0, 0, size.x, size.y);
    const groups = this.layers.map((group) => ({ ...group, features: group.features.filter(inView(view)) }))
      .filter((group) => group.features.length);
    const steps = paintSteps(view, groups);
    fadeOut(view, this.limits);
    paintLabels(view, groups, this.marks, this._keptClear(origin));
    this.painted = { steps, written: view.written, marked: view.marked };
  },

  /* What of the canvas is in sight, with a little margin. */
  _frame: function () {
    const corner = this._map.containerPointToLayerPoint([0, 0]).subtract(this._bounds.min);
    const size = this._map.getSize();
    return { left: corner.x + 3, top: corner.y + 3, right: corner.x + size.x - 3, bottom: corner.y + size.y - 3 };
  },

  _keptClear: function (origin) {
    const place = (at) => this._map.project(at, this._zoom).subtract(origin);
    const avoid = this._avoid();
    const shift = this._map.containerPointToLayerPoint([0, 0]).subtract(this._bounds.min);
    return {
      points: avoid.points.map(place),
      lines: avoid.lines.map((line) => line.map(place)),
      names: avoid.names.map(({ at, ...name }) => ({ ...name, ...xy(place(at)) })),
      boxes: avoid.boxes.map(({ left, top, right, bottom }) => (
        { left: left + shift.x, top: top + shift.y, right: right + shift.x, bottom: bottom + shift.y }
      )),
    };
  },
};

function xy({ x, y }) {
  return { x, y };
}

function inView(view) {
  const margin = 20;
  const west = (view.x - margin) / view.scale;
  const north = (view.y - margin) / view.scale;
  const east = (view.x + view.width + margin) / view.scale;
  const south = (view.y + view.height + margin) / view.scale;
  return ({ box }) => box[0] < east && box[2] > west && box[1] < south && box[3] > north;
}

function trace(view, points) {
  const { ctx, scale, x, y } = view;
  ctx.moveTo(points[0] * scale - x, points[1] * scale - y);
  for (let i = 2; i < points.length; i += 2) {
    ctx.lineTo(points[i] * scale - x, points[i + 1] * scale - y);
  }
}

/* One step of the order after the other; gives back what was painted, as [step, features]. */
function paintSteps(view, groups) {
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
    stroke(view, group, { colour, width: width + 4, dash: [1.2, 8.8], cap: "butt" });
  },
  line(view, group, colour, width) {
    const styles = {
      [K.PATH]: { width: Math.max(width, 0.8), dash: group.estimated ? [1, 5] : [3.2, 2.4], cap: "butt" },
      [K.STEPS]: { dash: [1, 1.6], cap: "butt" },
      [K.RAIL]: { cap: "butt" },
    };
    stroke(view, group, { colour, width, ...styles[group.kind] });
  },
};

function stroke(view, group, { colour, width, dash = [], cap = "round" }) {
  const { ctx } = view;
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.lineJoin = "round";
  ctx.lineCap = cap;
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
function fadeOut(view, limits) {
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

let Background = null;

/* Leaflet's class is made when it is first needed: a page without a map does not load Leaflet. */
export function background(data, options) {
  Background = Background || L.Renderer.extend(ABILITIES);
  return new Background(data, options);
}
