/* How the drawn town looks: colours from the page's tokens, widths by zoom. */
import { KIND as K, MAP_COLOURS } from "./kinds.js";

/* The colours in force now; asked again when the theme changes. A token may hold the colours of two themes:
   only what an element is painted with says which. */
export function colours(element) {
  const probe = element.appendChild(document.createElement("span"));
  const found = {};
  for (const name of MAP_COLOURS) {
    probe.style.color = `var(--map-${name})`;
    found[name] = getComputedStyle(probe).color;
  }
  probe.remove();
  return found;
}

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

export function widthAt(kind, zoom) {
  const steps = WIDTHS[kind];
  const at = Math.min(Math.max(zoom, 13), 19) - 13;
  const low = Math.floor(at);
  const high = Math.min(low + 1, steps.length - 1);
  if (!steps[low]) {
    return 0;
  }
  return steps[low] + (steps[high] - steps[low]) * (at - low);
}

export function reducedMotion() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/* Calls back when the page changes between light and dark, by itself or by the reader's choice. */
export function onThemeChange(callback) {
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
}
