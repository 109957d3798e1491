/* Tells who waits for the page's map that it has come: the map's own scripts come later than the page's. */

const COME = "visitmap:come";

/* Calls back with the page's map: now, or as soon as there is one. */
export function onMap(callback) {
  if (window.visitMap) {
    callback(window.visitMap);
  } else {
    document.addEventListener(COME, () => callback(window.visitMap), { once: true });
  }
}

export function mapHasCome() {
  document.dispatchEvent(new Event(COME));
}
