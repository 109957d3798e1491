/* The legs: casing, line, direction and a broad invisible line that answers to finger, mouse and keyboard. */
import { MODES, PARTIES } from "./kinds.js";
import { aside, spacing } from "./lanes.js";
import { PANE } from "./look.js";

const CHEVRON_EVERY = 110;
const CHEVRON_REACH = 2.6;

function classes(leg) {
  const names = ["visit-leg", "visit-leg--" + (MODES.includes(leg.mode) ? leg.mode : "walk")];
  if (PARTIES.includes(leg.party)) {
    names.push("visit-leg--" + leg.party);
  }
  if (leg.is_estimated) {
    names.push("visit-leg--estimated");
  }
  return names;
}

/* The same line as Folium renders, for legs that come later. */
export function bareLeg(leg) {
  return L.polyline(leg.geometry.map(([lon, lat]) => [lat, lon]), { className: "visit-leg" });
}

function hitLine(line, leg) {
  const hit = L.polyline(line.course, { className: "visit-leg-hit", pane: PANE.hits, weight: 22 });
  const mark = (isOn) => line.getElement() && line.getElement().classList.toggle("visit-leg--on", isOn);
  hit.bindTooltip(() => Object.assign(document.createElement("span"), { textContent: leg.label }), {
    sticky: true, className: "visit-tooltip", direction: "top",
  });
  hit.on("mouseover tooltipopen", () => mark(true));
  hit.on("mouseout tooltipclose", () => mark(false));
  hit.on("add", () => {
    const path = hit.getElement();
    path.setAttribute("tabindex", "0");
    path.setAttribute("role", "img");
    path.setAttribute("aria-label", leg.label);
    path.addEventListener("focus", () => hit.openTooltip(hit.getCenter()));
    path.addEventListener("blur", () => hit.closeTooltip());
  });
  return hit;
}

export function dressLeg(view, line, leg) {
  line.leg = leg;
  line.course = line.getLatLngs();
  line.beside = [];
  const add = (layers, other) => {
    layers.addLayer(other);
    line.beside.push(other);
  };
  const names = classes(leg);
  const dress = () => line.getElement() && line.getElement().classList.add(...names);
  line.on("add", dress);
  dress();
  const casing = names.filter((name) => name !== "visit-leg").join(" ");
  const under = { interactive: false, pane: PANE.casings };
  add(view.casings, L.polyline(line.course, { ...under, className: "visit-leg-casing " + casing }));
  if (leg.mode !== "walk") {
    const over = { interactive: false, pane: PANE.cores };
    add(view.cores, L.polyline(line.course, { ...over, className: "visit-leg-core " + casing }));
  }
  if (leg.label) {
    add(view.hits, hitLine(line, leg));
  }
}

/* Lines that share a street are moved beside each other, for the present zoom. */
export function drawLanes(view) {
  const { map } = view;
  const lines = view.legs.getLayers();
  const step = spacing(lines.map(({ leg }) => leg));
  for (const line of lines.filter(({ leg }) => leg.lanes && leg.lanes.length)) {
    const points = line.course.map((at) => map.latLngToLayerPoint(at));
    const moved = aside(points, line.leg.lanes, step).map(({ x, y }) => map.layerPointToLatLng([x, y]));
    [line, ...line.beside].forEach((one) => one.setLatLngs(moved));
  }
}

/* Small arrow heads along a line, for the present zoom. */
function chevrons(map, line) {
  const points = line.getLatLngs().map((at) => map.latLngToLayerPoint(at));
  const found = [];
  let until = CHEVRON_EVERY / 2;
  for (let i = 1; i < points.length; i += 1) {
    const [a, b] = [points[i - 1], points[i]];
    const length = a.distanceTo(b);
    const angle = Math.atan2(b.y - a.y, b.x - a.x);
    let along = until;
    for (; along < length - 4; along += CHEVRON_EVERY) {
      if (along > 4) {
        found.push(chevron(map, a.add(b.subtract(a).multiplyBy(along / length)), angle));
      }
    }
    until = Math.max(along - length, 0);
  }
  return found;
}

function chevron(map, tip, angle) {
  const wing = (side) =>
    tip.add([Math.cos(angle + side * 2.4) * CHEVRON_REACH * 1.6, Math.sin(angle + side * 2.4) * CHEVRON_REACH * 1.6]);
  return [wing(1), tip.add([Math.cos(angle) * 1.2, Math.sin(angle) * 1.2]), wing(-1)]
    .map((point) => map.layerPointToLatLng(point));
}

export function drawChevrons(view) {
  const lines = view.legs.getLayers().filter((line) => line.leg && !line.leg.is_estimated);
  view.arrows.clearLayers();
  const heads = lines.flatMap((line) => chevrons(view.map, line));
  if (heads.length) {
    const look = { className: "visit-chevron", interactive: false, pane: PANE.cores, smoothFactor: 0 };
    view.arrows.addLayer(L.polyline(heads, look));
  }
}
