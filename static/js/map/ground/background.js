/* The town around the visit, drawn on a canvas from the page's own data (planner/outputs/maps/ground.py).

   What is painted in which order, from which zoom on and how is the description's (kinds.js). A renderer in
   Leaflet's sense (private names as of the Leaflet 1.9 that is shipped with it): it gives the padded canvas
   that follows the map and is scaled during a zoom; only the drawing is ours. */
import { colours, onThemeChange } from "../style.js";
import { paintLabels } from "./labels.js";
import { fadeOut, inView, paintSteps } from "./steps.js";
import { unpack } from "./unpack.js";

const MAX_PIXELS = 14e6;
/* More dots than this cost time and nobody sees them. */
const SHARPEST = 2;

const ABILITIES = {
  options: { padding: 0.06, pane: "tilePane" },

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
    this._forget();
    L.Renderer.prototype.onRemove.call(this);
  },

  /* What names keep clear of: a function that gives {points, lines, names} in degrees and boxes in pixels. */
  keepClearOf: function (avoid) {
    this._avoid = avoid;
    return this.redraw();
  },

  /* Painted once, in the next frame, however often it is asked for: a page that opens asks eight times. */
  redraw: function () {
    if (this._map && this._bounds && !this._frameAsked) {
      this._frameAsked = requestAnimationFrame(() => this.paint());
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
    this.redraw();
  },

  /* The canvas over the map's present view: its size in the screen's own dots. */
  _spanned: function () {
    const size = this._bounds.getSize();
    const ratio = Math.min(window.devicePixelRatio || 1, SHARPEST, Math.sqrt(MAX_PIXELS / (size.x * size.y || 1)));
    const canvas = this._container;
    const [width, height] = [Math.round(size.x * ratio), Math.round(size.y * ratio)];
    if (canvas.width !== width || canvas.height !== height) {
      Object.assign(canvas, { width, height });
      canvas.style.width = size.x + "px";
      canvas.style.height = size.y + "px";
    }
    L.DomUtil.setPosition(canvas, this._bounds.min);
    this._ratio = ratio;
    return size;
  },

  _forget: function () {
    cancelAnimationFrame(this._frameAsked);
    cancelAnimationFrame(this._namesAsked);
    this._frameAsked = 0;
  },

  /* Paints now; the first time the names come a frame later, so that a slow phone shows the ground before. */
  paint: function () {
    this._forget();
    const view = this.paintGround();
    if (this._wasPainted) {
      this.paintNames(view);
    } else {
      this._wasPainted = true;
      this._namesAsked = requestAnimationFrame(() => this.paintNames(view));
    }
  },

  paintGround: function () {
    const size = this._spanned();
    const origin = this._map._getNewPixelOrigin(this._center, this._zoom).add(this._bounds.min);
    const view = {
      ctx: this._context, zoom: this._zoom, scale: 2 ** this._zoom, x: origin.x, y: origin.y,
      width: size.x, height: size.y, colours: colours(this._map.getContainer()), frame: this._frame(),
      ratio: this._ratio, origin,
    };
    this._context.setTransform(this._ratio, 0, 0, this._ratio, 0, 0);
    view.ctx.fillStyle = view.colours.land;
    view.ctx.fillRect(0, 0, size.x, size.y);
    view.groups = this.layers.map((group) => ({ ...group, features: group.features.filter(inView(view)) }))
      .filter((group) => group.features.length);
    view.steps = paintSteps(view, view.groups);
    fadeOut(view, this.limits);
    return view;
  },

  paintNames: function (view) {
    paintLabels(view, view.groups, this.marks, this._keptClear(view.origin));
    this.painted = { steps: view.steps, written: view.written, marked: view.marked };
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

let Background = null;

/* Leaflet's class is made when it is first needed: a page without a map does not load Leaflet. */
export function background(data, options) {
  Background = Background || L.Renderer.extend(ABILITIES);
  return new Background(data, options);
}
