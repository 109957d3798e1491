/* How things look: colours from the page's tokens, widths by zoom from the description (kinds.js). */
import { LOOKS, MAP_COLOURS } from "./kinds.js";

const FIRST_WIDTH = 13;
const LAST_WIDTH = 19;

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

/* The width of a kind's line in pixels; 0 is not drawn. */
export function widthAt(kind, zoom) {
  const steps = LOOKS[kind].widths;
  const at = Math.min(Math.max(zoom, FIRST_WIDTH), LAST_WIDTH) - FIRST_WIDTH;
  const low = Math.floor(at);
  const high = Math.min(low + 1, steps.length - 1);
  return steps[low] ? steps[low] + (steps[high] - steps[low]) * (at - low) : 0;
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
