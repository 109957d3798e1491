/* The town around the visit, drawn on a canvas from the page's own data (planner/outputs/background.py).

   A renderer in Leaflet's sense (private names as of the Leaflet 1.9 that is shipped with it): it gives
   the padded canvas that follows the map and is scaled during a zoom; only the drawing is ours. */
import { KIND as K, TINTS } from "./kinds.js";
import { paintLabels } from "./labels.js";
import { colours, onThemeChange, widthAt } from "./style.js";
import { unpack } from "./unpack.js";

const BATCH = 120;
const MAX_PIXELS = 14e6;
const BUILDINGS_FROM = 15.9;

const ABILITIES = {
  options: { padding: 0.25, pane: "tilePane" },

  initialize: function (data, options) {
    L.Renderer.prototype.initialize.call(this, options);
    this._groups = unpack(data);
    this._avoid = () => ({ points: [], lines: [] });
  },

  onAdd: function () {
    L.Renderer.prototype.onAdd.call(this);
    this._stopWatching = onThemeChange(() => this.redraw());
  },

  onRemove: function () {
    this._stopWatching();
    L.Renderer.prototype.onRemove.call(this);
  },

  /* What names keep clear of: a function that gives {points, lines} in degrees. */
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
      width: size.x, height: size.y, colours: colours(this._map.getContainer()),
    };
    this._context.setTransform(this._ratio, 0, 0, this._ratio, 0, 0);
    view.ctx.fillStyle = view.colours.land;
    view.ctx.fillRect(0, 0, size.x, size.y);
    const groups = this._groups.map((group) => ({ ...group, features: group.features.filter(inView(view)) }));
    paintAreas(view, groups);
    paintLines(view, groups);
    paintLabels(view, groups, this._keptClear(origin));
  },

  _keptClear: function (origin) {
    const place = (at) => this._map.project(at, this._zoom).subtract(origin);
    const avoid = this._avoid();
    return { points: avoid.points.map(place), lines: avoid.lines.map((line) => line.map(place)) };
  },
};

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

function tint(view, kind) {
  return view.colours[TINTS[kind]];
}

function fill(view, group, colour) {
  view.ctx.fillStyle = colour;
  for (const feature of group.features) {
    view.ctx.beginPath();
    trace(view, feature.points);
    view.ctx.closePath();
    view.ctx.fill();
  }
}

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

function paintAreas(view, groups) {
  const { zoom, ctx } = view;
  for (const group of groups.filter((one) => one.kind < K.BUILDING)) {
    fill(view, group, tint(view, group.kind));
  }
  for (const group of groups.filter((one) => one.kind === K.BUILDING)) {
    ctx.globalAlpha = Math.min(Math.max((zoom - BUILDINGS_FROM + 0.4) * 2, 0), 1);
    if (ctx.globalAlpha > 0) {
      fill(view, group, tint(view, K.BUILDING));
    }
    ctx.globalAlpha = 1;
  }
}

function paintLines(view, groups) {
  const { zoom } = view;
  const of = (kind) => groups.filter((group) => group.kind === kind && group.features.length);
  const each = (kind, paint) => of(kind).forEach((group) => paint(group, widthAt(kind, zoom)));
  const roads = [K.SERVICE, K.MINOR, K.MEDIUM, K.MAJOR];
  each(K.WATERWAY, (group, width) => stroke(view, group, { colour: tint(view, K.WATERWAY), width }));
  each(K.PATH, (group, width) => width && stroke(view, group, pathStroke(view, group, width)));
  each(K.STEPS, (group, width) => {
    if (width) {
      stroke(view, group, { colour: tint(view, K.STEPS), width, dash: [1, 1.6], cap: "butt" });
    }
  });
  for (const kind of roads) {
    each(kind, (group, width) => width && casing(view, group, width));
  }
  for (const kind of roads) {
    each(kind, (group, width) => width && stroke(view, group, { colour: tint(view, kind), width }));
  }
  each(K.RAIL, (group, width) => rail(view, group, width));
}

function pathStroke(view, group, width) {
  const dash = group.estimated ? [1, 5] : [3.2, 2.4];
  return { colour: tint(view, K.PATH), width: Math.max(width, 0.8), dash, cap: "butt" };
}

function casing(view, group, width) {
  const edge = view.zoom < 14.5 ? 0.8 : 1;
  const look = { colour: view.colours.casing, width: width + 2 * edge };
  if (group.estimated) {
    look.dash = [5, 4];
    look.cap = "butt";
  }
  stroke(view, group, look);
}

function rail(view, group, width) {
  const colour = tint(view, K.RAIL);
  stroke(view, group, { colour, width, cap: "butt" });
  if (view.zoom >= 14) {
    stroke(view, group, { colour, width: width + 4, dash: [1.2, 8.8], cap: "butt" });
  }
}

let Background = null;

/* Leaflet's class is made when it is first needed: a page without a map does not load Leaflet. */
export function background(data, options) {
  Background = Background || L.Renderer.extend(ABILITIES);
  return new Background(data, options);
}
