/* What a drawn map shows, measured from outside: every text on the canvas, every disc, the route, the legend.
   Added before the page's own scripts; asked by measured(). */
(() => {
  const texts = [];
  let paintings = 0;
  const proto = CanvasRenderingContext2D.prototype;
  const { fillText, fillRect } = proto;
  proto.fillRect = function (x, y, width, height) {
    if (x === 0 && y === 0 && width > 300 && height > 300) {
      texts.length = 0;
      paintings += 1;
    }
    fillRect.call(this, x, y, width, height);
  };
  proto.fillText = function (text, x, y) {
    const matrix = this.getTransform();
    const canvas = this.canvas;
    const ratio = canvas.width / canvas.offsetWidth;
    const shift = { left: 0, center: -0.5, right: -1 }[this.textAlign] || 0;
    const width = this.measureText(text).width;
    const half = parseFloat(this.font.match(/([\d.]+)px/)[1]) * 0.36;
    const left = x + shift * width;
    const corner = (dx, dy) => {
      const point = matrix.transformPoint(new DOMPoint(left + dx, y + dy));
      return [point.x / ratio, point.y / ratio];
    };
    const quad = [corner(0, -half), corner(width, -half), corner(width, half), corner(0, half)];
    texts.push({ text, canvas, group: this.label || texts.length + "?" + text, quad });
    fillText.call(this, text, x, y);
  };

  function separated(a, b) {
    for (const shape of [a, b]) {
      for (let i = 0; i < shape.length; i += 1) {
        const [p, q] = [shape[i], shape[(i + 1) % shape.length]];
        const normal = [q[1] - p[1], p[0] - q[0]];
        const size = Math.hypot(...normal) || 1;
        const along = (point) => (point[0] * normal[0] + point[1] * normal[1]) / size;
        const [as, bs] = [a.map(along), b.map(along)];
        if (Math.max(...as) < Math.min(...bs) + 1 || Math.max(...bs) < Math.min(...as) + 1) {
          return true;
        }
      }
    }
    return false;
  }

  function toBox({ left, top, right, bottom }) {
    return [[left, top], [right, top], [right, bottom], [left, bottom]];
  }

  function isIn(quad, x, y, margin) {
    return !separated(quad, toBox({ left: x - margin, right: x + margin, top: y - margin, bottom: y + margin }));
  }

  function routePoints(frame) {
    const points = [];
    for (const path of document.querySelectorAll("path.visit-leg")) {
      const matrix = path.getScreenCTM();
      const length = path.getTotalLength();
      for (let at = 0; at <= length; at += 3) {
        const point = path.getPointAtLength(at).matrixTransform(matrix);
        if (point.x > frame.left && point.x < frame.right && point.y > frame.top && point.y < frame.bottom) {
          points.push([point.x, point.y]);
        }
      }
    }
    return points;
  }

  window.measured = () => {
    const frame = document.querySelector(".folium-map").getBoundingClientRect();
    const labels = texts.filter(({ text }) => text.trim()).map((one) => {
      const origin = one.canvas.getBoundingClientRect();
      return { ...one, quad: one.quad.map(([x, y]) => [x + origin.left, y + origin.top]) };
    }).filter(({ quad }) => quad.every(
      ([x, y]) => x > frame.left && x < frame.right && y > frame.top && y < frame.bottom));
    for (const box of document.querySelectorAll(".visit-halt-label:not(.visit-halt-label--hidden)")) {
      labels.push({ text: box.textContent, group: "halt" + labels.length, quad: toBox(box.getBoundingClientRect()) });
    }
    const discs = [...document.querySelectorAll(".visit-stop__disc, .visit-end")].map((one) => one.getBoundingClientRect())
      .filter((box) => box.left > frame.left && box.right < frame.right && box.top > frame.top && box.bottom < frame.bottom);
    const marks = [...document.querySelectorAll(".leaflet-control:not([hidden]), .visit-legend:not([hidden])")]
      .map((one) => one.getBoundingClientRect()).filter((box) => box.width > 0);
    const route = routePoints(frame);
    const found = [];
    labels.forEach((a, i) => labels.slice(0, i).forEach((b) => {
      if (a.group !== b.group && !separated(a.quad, b.quad)) {
        found.push(["label", "label", a.text, b.text]);
      }
    }));
    const seen = new Set();
    const once = (kind, one, name) => {
      if (!seen.has(kind + one.group)) {
        seen.add(kind + one.group);
        found.push(["label", kind, one.text, name]);
      }
    };
    for (const one of labels) {
      discs.forEach((disc, i) => {
        const inset = { left: disc.left + 3, right: disc.right - 3, top: disc.top + 3, bottom: disc.bottom - 3 };
        if (!separated(one.quad, toBox(inset))) {
          once("stop", one, String(i + 1));
        }
      });
      if (route.some(([x, y]) => isIn(one.quad, x, y, 1.5))) {
        once("route", one, "");
      }
      marks.forEach((box) => !separated(one.quad, toBox(box)) && once("control", one, ""));
    }
    const legend = document.querySelector(".visit-legend:not([hidden])");
    if (legend) {
      const box = toBox(legend.getBoundingClientRect());
      discs.forEach((disc, i) => !separated(box, toBox(disc)) && found.push(["legend", "stop", "", String(i + 1)]));
    }
    discs.forEach((a, i) => discs.slice(0, i).forEach((b, j) => {
      const gap = Math.hypot((a.left + a.right - b.left - b.right) / 2, (a.top + a.bottom - b.top - b.bottom) / 2);
      if (gap < 27) {
        found.push(["stop", "stop", String(i + 1), String(j + 1)]);
      }
    }));
    return { labels: new Set(labels.map((one) => one.group)).size, found, paintings };
  };
})();
