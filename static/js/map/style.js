/* How the drawn town looks: its kinds of feature, colours from the page's tokens, widths by zoom. */
(function (kit) {
  "use strict";

  kit.KIND = {
    SEA: 0, GREEN: 1, WATER: 2, SQUARE: 3, BUILDING: 4,
    WATERWAY: 5, RAIL: 6, PATH: 7, STEPS: 8, SERVICE: 9, MINOR: 10, MEDIUM: 11, MAJOR: 12,
  };
  const K = kit.KIND;

  const FALLBACK = {
    land: "#f4f2ec", street: "#ffffff", casing: "#cfcbc2", water: "#cfe0e6", green: "#dfe8d3",
    square: "#f0ebe0", building: "#e4dfd5", rail: "#9a968e", path: "#a9a294", label: "#55524c",
  };

  /* The colours in force now; asked again when the theme changes. */
  kit.colours = function (element) {
    const style = getComputedStyle(element);
    const found = {};
    for (const name of Object.keys(FALLBACK)) {
      found[name] = style.getPropertyValue("--map-" + name).trim() || FALLBACK[name];
    }
    return found;
  };

  /* Widths in pixels at zooms 13 to 19; 0 is not drawn. */
  const WIDTHS = {
    [K.MAJOR]: [2.8, 4.2, 6, 8.6, 13, 20, 34],
    [K.MEDIUM]: [2.2, 3.4, 5.2, 8, 12.5, 20, 33],
    [K.MINOR]: [1.1, 2.2, 3.8, 6, 10, 16, 27],
    [K.SERVICE]: [0, 0, 1.4, 2.8, 5, 9, 15],
    [K.PATH]: [0, 0, 0.8, 1.1, 1.5, 2, 2.6],
    [K.STEPS]: [0, 0, 1.6, 2.6, 4, 6, 9],
    [K.RAIL]: [0.8, 0.9, 1, 1.2, 1.5, 1.9, 2.4],
    [K.WATERWAY]: [1.2, 1.6, 2.2, 3.2, 5, 8, 13],
  };

  kit.widthAt = function (kind, zoom) {
    const steps = WIDTHS[kind];
    const at = Math.min(Math.max(zoom, 13), 19) - 13;
    const low = Math.floor(at);
    const high = Math.min(low + 1, steps.length - 1);
    if (!steps[low]) {
      return 0;
    }
    return steps[low] + (steps[high] - steps[low]) * (at - low);
  };

  kit.reducedMotion = function () {
    return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  };

  /* Calls back when the page changes between light and dark, by itself or by the reader's choice. */
  kit.onThemeChange = function (callback) {
    const media = window.matchMedia("(prefers-color-scheme: dark)");
    const watcher = new MutationObserver(callback);
    media.addEventListener("change", callback);
    for (const element of [document.documentElement, document.body]) {
      watcher.observe(element, { attributes: true, attributeFilter: ["data-theme", "class"] });
    }
    return function stop() {
      media.removeEventListener("change", callback);
      watcher.disconnect();
    };
  };
})((window.visitMapKit = window.visitMapKit || {}));
