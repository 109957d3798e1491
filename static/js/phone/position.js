/* Where the phone is, on the map, while it is asked for. It is told to nobody: only this page sees it. */
import { onMap } from "../map/visit.js";

/* Metres to the nearest ten, from a kilometre on kilometres. */
export function metresText(metres, language) {
  const tens = Math.max(10, Math.round(metres / 10) * 10);
  const [count, unit] = tens < 1000 ? [tens, "meter"] : [metres / 1000, "kilometer"];
  const form = { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 1 };
  return new Intl.NumberFormat(language, form).format(count);
}

/* "240 m to stop 3 in a straight line", or only that one is found. */
export function nearText(words, metres, number, language) {
  if (metres === null) {
    return words.found;
  }
  return words.far.replace("{distance}", metresText(metres, language)).replace("{stop}", number);
}

function marks(map) {
  const group = L.featureGroup().addTo(map);
  return {
    put({ latlng, accuracy }) {
      group.clearLayers();
      L.circle(latlng, { radius: accuracy, className: "visit-near", interactive: false }).addTo(group);
      L.circleMarker(latlng, { radius: 8, className: "visit-me", interactive: false }).addTo(group);
    },
    away: () => group.clearLayers(),
  };
}

function watch(api, { button, status, stop }) {
  const { map } = api;
  const mine = marks(map);
  const isOn = () => button.getAttribute("aria-pressed") === "true";
  const off = (text) => {
    button.setAttribute("aria-pressed", "false");
    status.textContent = text;
    map.stopLocate();
    mine.away();
  };
  let isFirst = true;
  map.on("locationfound", (found) => {
    if (!isOn()) {
      return;
    }
    mine.put(found);
    const at = api.stopAt(stop());
    const metres = at ? map.distance(found.latlng, at) : null;
    status.textContent = nearText(button.dataset, metres, stop(), document.documentElement.lang);
    if (isFirst) {
      map.panInside(found.latlng, { padding: [60, 60] });
      isFirst = false;
    }
  });
  map.on("locationerror", () => off(button.dataset.denied));
  button.addEventListener("click", () => {
    if (isOn()) {
      off("");
      return;
    }
    isFirst = true;
    button.setAttribute("aria-pressed", "true");
    map.locate({ watch: true, enableHighAccuracy: true });
  });
}

/* `stop` tells the number of the stop that is next. */
export function ownPosition(stop, root = document) {
  const button = root.querySelector("[data-locate]");
  const status = root.querySelector("[data-near]");
  onMap((api) => {
    button.hidden = false;
    if (window.isSecureContext) {
      watch(api, { button, status, stop });
    } else {
      button.disabled = true;
      status.textContent = button.dataset.insecure;
    }
  });
}
