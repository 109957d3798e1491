/* The town around the visit, drawn on a canvas from the page's own data (planner/outputs/background.py).

   A renderer in Leaflet's sense (private names as of the Leaflet 1.9 that is shipped with it): it gives
   the padded canvas that follows the map and is scaled during a zoom; only the drawing is ours. */
(function (kit) {
  "use strict";

  const K = kit.KIND;
  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const VALUE = new Map(Array.from(DIGITS, (digit, value) => [digit.charCodeAt(0), value]));
  const BATCH = 120;
  const MAX_PIXELS = 14e6;
  const BUILDINGS_FROM = 15.9;

  function reader(text) {
    let at = 0;
    function whole() {
      let value = 0;
      let shift = 0;
      for (;;) {
        const digit = VALUE.get(text.charCodeAt(at));
        at += 1;
        value += (digit & 31) * 2 ** shift;
        if (digit < 32) {
          return value;
        }
        shift += 5;
      }
    }
    function signed() {
      const value = whole();
      return value % 2 ? -(value + 1) / 2 : value / 2;
    }
    return { whole, signed, more: () => at < text.length };
  }

  /* Positions become Mercator pixels of zoom 0, so that a redraw only scales and shifts. */
  function world(lon, lat) {
    const sine = Math.sin((lat * Math.PI) / 180);
    return [(lon / 360 + 0.5) * 256, (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * 256];
  }

  function unpack(data) {
    return data.layers.map((layer) => {
      const digits = reader(layer.lines);
      const features = [];
      let lon = 0;
      let lat = 0;
      while (digits.more()) {
        const points = new Float64Array(digits.whole() * 2);
        const box = [Infinity, Infinity, -Infinity, -Infinity];
        for (let i = 0; i < points.length; i += 2) {
          lon += digits.signed();
          lat += digits.signed();
          const [x, y] = world(lon / data.grid, lat / data.grid);
          points[i] = x;
          points[i + 1] = y;
          box[0] = Math.min(box[0], x);
          box[1] = Math.min(box[1], y);
          box[2] = Math.max(box[2], x);
          box[3] = Math.max(box[3], y);
        }
        const name = layer.names ? data.names[layer.names[features.length]] : "";
        features.push({ kind: layer.kind, name, points, box });
      }
      return { kind: layer.kind, estimated: Boolean(layer.estimated), features };
    });
  }

  const Background = L.Renderer.extend({
    options: { padding: 0.25, pane: "tilePane" },

    initialize: function (data, options) {
      L.Renderer.prototype.initialize.call(this, options);
      this._groups = unpack(data);
      this._avoid = () => ({ points: [], lines: [] });
    },

    onAdd: function () {
      L.Renderer.prototype.onAdd.call(this);
      this._stopWatching = kit.onThemeChange(() => this.redraw());
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
        width: size.x, height: size.y, colours: kit.colours(this._map.getContainer()),
      };
      this._context.setTransform(this._ratio, 0, 0, this._ratio, 0, 0);
      view.ctx.fillStyle = view.colours.land;
      view.ctx.fillRect(0, 0, size.x, size.y);
      const groups = this._groups.map((group) => ({ ...group, features: group.features.filter(inView(view)) }));
      paintAreas(view, groups);
      paintLines(view, groups);
      kit.paintLabels(view, groups, this._keptClear(origin));
    },

    _keptClear: function (origin) {
      const place = (at) => this._map.project(at, this._zoom).subtract(origin);
      const avoid = this._avoid();
      return { points: avoid.points.map(place), lines: avoid.lines.map((line) => line.map(place)) };
    },
  });

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
    const { colours, zoom, ctx } = view;
    const colour = {
      [K.SEA]: colours.water, [K.GREEN]: colours.green, [K.WATER]: colours.water,
      [K.SQUARE]: colours.square, [K.BUILDING]: colours.building,
    };
    for (const group of groups.filter((one) => one.kind < K.BUILDING)) {
      fill(view, group, colour[group.kind]);
    }
    for (const group of groups.filter((one) => one.kind === K.BUILDING)) {
      ctx.globalAlpha = Math.min(Math.max((zoom - BUILDINGS_FROM + 0.4) * 2, 0), 1);
      if (ctx.globalAlpha > 0) {
        fill(view, group, colour[K.BUILDING]);
      }
      ctx.globalAlpha = 1;
    }
  }

  function paintLines(view, groups) {
    const { colours, zoom } = view;
    const of = (kind) => groups.filter((group) => group.kind === kind && group.features.length);
    const each = (kind, paint) => of(kind).forEach((group) => paint(group, kit.widthAt(kind, zoom)));
    const roads = [K.SERVICE, K.MINOR, K.MEDIUM, K.MAJOR];
    each(K.WATERWAY, (group, width) => stroke(view, group, { colour: colours.water, width }));
    each(K.PATH, (group, width) => width && stroke(view, group, pathStroke(group, width, colours)));
    each(K.STEPS, (group, width) => {
      if (width) {
        stroke(view, group, { colour: colours.path, width, dash: [1, 1.6], cap: "butt" });
      }
    });
    for (const kind of roads) {
      each(kind, (group, width) => width && casing(view, group, width));
    }
    for (const kind of roads) {
      each(kind, (group, width) => width && stroke(view, group, { colour: colours.street, width }));
    }
    each(K.RAIL, (group, width) => rail(view, group, width));
  }

  function pathStroke(group, width, colours) {
    const dash = group.estimated ? [1, 5] : [3.2, 2.4];
    return { colour: colours.path, width: Math.max(width, 0.8), dash, cap: "butt" };
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
    const colour = view.colours.rail;
    stroke(view, group, { colour, width, cap: "butt" });
    if (view.zoom >= 14) {
      stroke(view, group, { colour, width: width + 4, dash: [1.2, 8.8], cap: "butt" });
    }
  }

  kit.background = function (data, options) {
    return new Background(data, options);
  };
})((window.visitMapKit = window.visitMapKit || {}));
