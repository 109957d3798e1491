/* Brings a map that Folium rendered to life, and keeps it up to date.

   window.visitMaps[id] (and window.visitMap, the page's first) has
     update({stops, legs, halts, ends})  draws a new state in the shape of the first, keeping position and zoom
     focusStop(number)      shows a stop and opens its popup
     stopAt(number)         where a stop is, undefined where it is not on the map
   and the map's element tells of `visitmap:stop` with {number, name} when a stop is opened. */
import { gestures } from "./gestures.js";
import { dressEnds } from "./ends.js";
import { dressHalts } from "./halts.js";
import { legend } from "./legend.js";
import { bareLeg, drawChevrons, drawLanes, dressLeg } from "./legs.js";
import { spread } from "./spread.js";
import { bareStop, dressStop } from "./stops.js";
import { PANE } from "./look.js";
import { reducedMotion } from "./style.js";
import { mapHasCome } from "./when.js";

const Z_INDEX = { areas: 350, casings: 390, cores: 420, hits: 440, leaders: 460 };

function createPanes(map) {
  for (const [key, name] of Object.entries(PANE)) {
    map.createPane(name).style.zIndex = String(Z_INDEX[key]);
  }
}

function group(map) {
  return L.featureGroup().addTo(map);
}

function dress(view, { stops, legs, halts = [], ends = [] }) {
  view.legs.getLayers().forEach((line, i) => dressLeg(view, line, legs[i]));
  view.stops.getLayers().forEach((marker, i) => dressStop(view, marker, stops[i]));
  dressHalts(view, halts);
  dressEnds(view, ends);
  arrange(view);
  view.legend.show(legs, halts);
  if (view.background) {
    view.background.redraw();
  }
}

/* What depends on the zoom. */
function arrange(view) {
  spread(view.map, [...view.stops.getLayers(), ...view.ends.getLayers()], view.leaders);
  drawLanes(view);
  drawChevrons(view);
}

const NAMES = { stops: 13.2, halts: 14.4, ends: 12.5 };
const GAPS = { stops: 17, halts: 8, ends: 17 };

/* What is written beside stops, halts and ends at a zoom, ends first. */
function namesAt(view, zoom) {
  const rows = (what, text) => (zoom < NAMES[what] ? [] : view[what].getLayers().map((marker) => (
    { text: text(marker), at: marker.getLatLng(), gap: GAPS[what], of: what,
      weight: what === "halts" ? "500" : "600", size: what === "halts" ? 11 : 12 }
  )));
  return [
    ...rows("ends", (marker) => marker.end.label),
    ...rows("stops", (marker) => marker.stop.name),
    ...rows("halts", (marker) => marker.halt.label),
  ];
}

/* The controls' boxes within the map, in its pixels. */
function controlBoxes(map) {
  const origin = map.getContainer().getBoundingClientRect();
  return [...map.getContainer().querySelectorAll(".leaflet-control")]
    .map((one) => one.getBoundingClientRect())
    .map(({ left, top, right, bottom }) => ({
      left: left - origin.left - 2, top: top - origin.top - 2, right: right - origin.left, bottom: bottom - origin.top,
    }));
}

function keptClear(view) {
  const markers = [...view.stops.getLayers(), ...view.ends.getLayers(), ...view.halts.getLayers()];
  return {
    points: markers.map((marker) => marker.getLatLng()),
    lines: view.legs.getLayers().map((line) => line.getLatLngs()),
    names: namesAt(view, view.map.getZoom()),
    boxes: controlBoxes(view.map),
  };
}

const DRAWN = ["stops", "legs", "areas", "casings", "cores", "hits", "halts", "ends"];

function update(view, state) {
  const open = view.stops.getLayers().find((marker) => marker.isPopupOpen());
  const number = open && open.stop.number;
  DRAWN.forEach((name) => view[name].clearLayers());
  state.legs.forEach((leg) => view.legs.addLayer(bareLeg(leg)));
  state.stops.forEach((stop) => view.stops.addLayer(bareStop(stop)));
  dress(view, state);
  const again = view.stops.getLayers().find((marker) => marker.stop.number === number);
  if (again) {
    again.getPopup().options.autoPan = false;
    again.openPopup();
    again.getPopup().options.autoPan = true;
  }
}

function focusStop(view, number) {
  const marker = view.stops.getLayers().find((one) => String(one.stop.number) === String(number));
  if (marker) {
    view.map.panInside(marker.getLatLng(), { padding: [60, 60], animate: !reducedMotion() });
    marker.openPopup();
  }
  return Boolean(marker);
}

function onEscape(view, event) {
  if (event.key !== "Escape") {
    return;
  }
  view.map.closePopup();
  if (view.returnTo && view.returnTo.getElement()) {
    view.returnTo.getElement().focus({ preventScroll: true });
  }
  view.returnTo = null;
}

/* The source of the data, always readable; `others` are further sources, as text. */
export function credit(map, { text, url, others }) {
  const control = L.control({ position: "bottomright" });
  control.onAdd = function () {
    const box = L.DomUtil.create("div", "leaflet-control-attribution visit-credit");
    const link = document.createElement(url ? "a" : "span");
    link.textContent = text;
    if (url) {
      Object.assign(link, { href: url, rel: "noopener", target: "_blank" });
    }
    box.append(link, others ? " · " + others : "");
    L.DomEvent.disableClickPropagation(box);
    return box;
  };
  control.addTo(map);
  keepOff(map, control.getContainer());
  return control;
}

/* A long credit lifts scale and legend above itself. */
function keepOff(map, box) {
  const corner = map.getContainer().querySelector(".leaflet-bottom.leaflet-left");
  const lift = () => {
    const isWide = box.offsetWidth + corner.offsetWidth > map.getSize().x;
    corner.style.bottom = isWide ? box.offsetHeight + "px" : "";
  };
  new ResizeObserver(lift).observe(box);
  new ResizeObserver(lift).observe(corner);
  map.on("resize", lift);
}

/* Shown at once, without a flight that would swallow a first pinch. */
function fit(map, bounds) {
  map.fitBounds(bounds.map(([lon, lat]) => [lat, lon]), { padding: [36, 36], maxZoom: 17, animate: false });
}

const MARGIN = 1.1;

/* One looks no farther than there is something to see: not beyond the town, nor closer than its houses. */
function limit(map, background) {
  const box = background && background.limits && L.latLngBounds(background.limits.bounds);
  if (box && map.getSize().x > 0 && map.getSize().y > 0) {
    map.setMinZoom(Math.min(map.getBoundsZoom(box), map.getZoom()));
    map.setMaxBounds(box.pad(MARGIN));
  }
}

/* A map that was hidden when the page came is fitted when it gets its first size. */
function followSize(map, bounds, background) {
  let isFitted = map.getSize().x > 0 && map.getSize().y > 0;
  new ResizeObserver(() => {
    map.invalidateSize({ pan: false });
    if (!isFitted && map.getSize().x > 0 && map.getSize().y > 0) {
      isFitted = true;
      fit(map, bounds);
    }
    limit(map, background);
  }).observe(map.getContainer());
}

function describe(map, { language, labels }) {
  const container = map.getContainer();
  container.classList.add("visit-map");
  container.lang = language;
  container.setAttribute("role", "region");
  container.setAttribute("aria-label", labels.map);
  L.control.zoom({ position: "topright", zoomInTitle: labels.zoom_in, zoomOutTitle: labels.zoom_out }).addTo(map);
  L.control.scale({ position: "bottomleft", imperial: false }).addTo(map);
}

/* Called once by the script that Folium renders. */
export function adopt(map, layers, data) {
  createPanes(map);
  describe(map, data);
  const view = { map, labels: data.labels, background: layers.background, returnTo: null };
  view.legend = legend(map, data.labels);
  for (const name of ["areas", "casings", "cores", "arrows", "hits", "halts", "ends", "leaders"]) {
    view[name] = group(map);
  }
  view.stops = layers.stops;
  view.legs = layers.legs;
  dress(view, data);
  if (view.background) {
    view.background.keepClearOf(() => keptClear(view));
  }
  map.on("zoomend viewreset", () => arrange(view));
  map.getContainer().addEventListener("keydown", (event) => onEscape(view, event));
  gestures(map, data.labels);
  map.invalidateSize({ pan: false }); // the legend below has taken its room
  fit(map, data.bounds);
  limit(map, view.background);
  followSize(map, data.bounds, view.background);
  const stopAt = (number) => view.stops.getLayers().find(({ stop }) => String(stop.number) === String(number))?.trueAt;
  const api = { map, stopAt, update: (state) => update(view, state), focusStop: (number) => focusStop(view, number),
    painted: () => view.background && view.background.painted };
  window.visitMaps = window.visitMaps || {};
  window.visitMaps[map.getContainer().id] = api;
  window.visitMap = window.visitMap || api;
  mapHasCome();
  return api;
}
