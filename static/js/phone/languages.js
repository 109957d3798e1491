/* A switch of the language leads to where one is reading, and the phone keeps the language. */
import { keep } from "./kept.js";

/* So many pixels below the edge a row still counts as at the top. */
const READING = 48;

/* The row at the top of the screen; none above the list. */
export function rowInView(rows, top = 0) {
  const passed = rows.filter((row) => row.getBoundingClientRect().top <= top);
  return passed.length ? passed[passed.length - 1].id : "";
}

export function keepPlace(root = document) {
  root.querySelectorAll(".top a[hreflang]").forEach((link) => link.addEventListener("click", () => {
    keep("lang", link.hreflang);
    const map = root.getElementById("map").getBoundingClientRect();
    const rows = [...root.querySelectorAll(".row[id]")];
    const isOnMap = map.top < window.innerHeight / 2 && map.bottom > 0 && window.innerWidth < 900;
    link.hash = isOnMap ? "map" : rowInView(rows, READING);
  }));
}
