/* The legs: casing, line, direction and a broad invisible line that answers to finger, mouse and keyboard. */
import { MODES, PARTIES } from "./kinds.js";
import { PANE, POPUP_OPTIONS } from "./look.js";

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

function addHitLine(view, line, leg) {
  const hit = L.polyline(line.getLatLngs(), { className: "visit-leg-hit", pane: PANE.hits, weight: 22 });
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
  view.hits.addLayer(hit);
}

export function dressLeg(view, line, leg) {
  line.leg = leg;
  const names = classes(leg);
  const dress = () => line.getElement() && line.getElement().classList.add(...names);
  line.on("add", dress);
  dress();
  const casing = names.filter((name) => name !== "visit-leg").join(" ");
  const under = { interactive: false, pane: PANE.casings };
  view.casings.addLayer(L.polyline(line.getLatLngs(), { ...under, className: "visit-leg-casing " + casing }));
  if (leg.mode !== "walk") {
    const over = { interactive: false, pane: PANE.cores };
    view.cores.addLayer(L.polyline(line.getLatLngs(), { ...over, className: "visit-leg-core " + casing }));
  }
  if (leg.label) {
    addHitLine(view, line, leg);
  }
}

/* Where the group gets on or off: a small open circle with minute and name, which stand beside it when close. */
export function dressHalts(view, halts) {
  for (const halt of halts) {
    const look = { radius: 5, className: "visit-halt", pane: PANE.hits };
    const marker = L.circleMarker([halt.at[1], halt.at[0]], look);
    const text = () => Object.assign(document.createElement("span"), { textContent: halt.label });
    const side = { permanent: true, direction: "right", offset: [6, 0], className: "visit-tooltip visit-halt-label" };
    marker.bindTooltip(text, side);
    marker.bindPopup(text, { ...POPUP_OPTIONS, offset: [0, 0] });
    view.halts.addLayer(marker);
    const circle = marker.getElement();
    circle.setAttribute("role", "img");
    circle.setAttribute("aria-label", view.labels.halt + ": " + halt.label);
  }
}

const SIDES = { right: [1, 0], left: [-1, 0], top: [0, -1], bottom: [0, 1] };
const DISC_PX = 18;

function around(middle, width, height) {
  return L.bounds(middle.subtract([width / 2, height / 2]), middle.add([width / 2, height / 2]));
}

function controls(map) {
  const origin = map.getContainer().getBoundingClientRect();
  return [...map.getContainer().querySelectorAll(".leaflet-control")]
    .map((one) => one.getBoundingClientRect())
    .map((one) => L.bounds(
      [one.left - origin.left, one.top - origin.top], [one.right - origin.left, one.bottom - origin.top],
    ));
}

/* Names of halts stand on a side where they cover no number and no other name; close by only. */
export function showHalts(view) {
  const map = view.map;
  map.getContainer().classList.toggle("visit-map--far", map.getZoom() < 13.5);
  const at = (layer) => map.latLngToContainerPoint(layer.getLatLng());
  const taken = view.stops.getLayers().map((stop) => around(at(stop), 2 * DISC_PX, 2 * DISC_PX));
  taken.push(...controls(map));
  for (const marker of view.halts.getLayers()) {
    const tooltip = marker.getTooltip();
    const box = tooltip.getElement();
    const [width, height] = [box.offsetWidth, box.offsetHeight];
    const placed = Object.entries(SIDES).map(([side, [x, y]]) => {
      const away = [x * (width / 2 + 10), y * (height / 2 + 10)];
      return { side, x, y, room: around(at(marker).add(away), width, height) };
    });
    const size = L.bounds([0, 0], map.getSize());
    const free = placed.filter(({ room }) => !taken.some((other) => other.overlaps(room)));
    const best = free.find(({ room }) => size.contains(room)) || free[0];
    box.classList.toggle("visit-halt-label--hidden", !best);
    if (best) {
      tooltip.options.direction = best.side;
      tooltip.options.offset = L.point(best.x * 6, best.y * 6);
      tooltip.update();
      taken.push(best.room);
    }
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

/* What the lines mean, shown only while there is more than walking, or more than one party, to tell apart. */
export function legend(map, labels) {
  const control = L.control({ position: "bottomleft" });
  const box = L.DomUtil.create("ul", "visit-legend");
  box.setAttribute("aria-label", labels.legend);
  control.onAdd = () => box;
  control.addTo(map);
  function entry(look, text) {
    const item = document.createElement("li");
    const line = Object.assign(document.createElement("span"), { className: "visit-legend__line visit-legend__line--" + look });
    line.setAttribute("aria-hidden", "true");
    item.append(line, text);
    return item;
  }
  function partyEntries(legs) {
    const parties = PARTIES.filter((party) => legs.some((leg) => leg.party === party));
    return parties.map((party) => entry("party-" + party, labels["party_" + party] || party.toUpperCase()));
  }
  function haltEntry() {
    const item = document.createElement("li");
    const mark = Object.assign(document.createElement("span"), { className: "visit-legend__halt" });
    mark.setAttribute("aria-hidden", "true");
    item.append(mark, labels.halt);
    return item;
  }
  return {
    show(legs, halts) {
      const modes = MODES.filter((mode) => legs.some((leg) => leg.mode === mode));
      const hasModes = modes.some((mode) => mode !== "walk");
      const parties = partyEntries(legs);
      box.hidden = !hasModes && !parties.length;
      box.replaceChildren(
        ...parties,
        ...(hasModes ? modes.map((mode) => entry(mode, labels[mode] || mode)) : []),
        ...(halts.length ? [haltEntry()] : []),
      );
    },
  };
}

export function drawChevrons(view) {
  const lines = view.legs.getLayers().filter((line) => line.leg && line.leg.mode === "walk" && !line.leg.is_estimated);
  view.arrows.clearLayers();
  const heads = lines.flatMap((line) => chevrons(view.map, line));
  if (heads.length) {
    const look = { className: "visit-chevron", interactive: false, pane: PANE.cores, smoothFactor: 0 };
    view.arrows.addLayer(L.polyline(heads, look));
  }
}
