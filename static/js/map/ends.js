/* Where the day begins and ends: marks that are no stops, each with its words. */
import { POPUP_OPTIONS } from "./look.js";

const SIGNS = { start: "M4 2 14 8 4 14Z", end: "M3 3H13V13H3Z", both: "M3 3H13V13H3ZM6 5.5V10.5L10.6 8Z" };
const SIZE = 30;

function sign(role) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", SIGNS[role]);
  path.setAttribute("fill-rule", "evenodd");
  svg.append(path);
  return svg;
}

export function dressEnds(view, ends) {
  for (const end of ends) {
    const icon = L.divIcon({ className: "visit-end", iconSize: [SIZE, SIZE] });
    const marker = L.marker([end.at[1], end.at[0]], { icon, zIndexOffset: -100 });
    Object.assign(marker, { end, trueAt: L.latLng(end.at[1], end.at[0]) });
    const text = () => Object.assign(document.createElement("span"), { textContent: end.label });
    marker.bindPopup(text, POPUP_OPTIONS);
    marker.on("add", () => dressIcon(marker, end));
    view.ends.addLayer(marker);
  }
}

function dressIcon(marker, end) {
  const element = marker.getElement();
  element.replaceChildren(sign(end.role));
  element.setAttribute("role", "button");
  element.setAttribute("aria-label", end.label);
}
