/* Where the phone is, on the map, while it is asked for. It is told to nobody: only this page sees it. */
import { onMap } from "../map/when.js";
import { metresText } from "./metres.js";
import { currentStop } from "./now.js";

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

export function ownPosition(root = document) {
  const button = root.querySelector("[data-locate]");
  const status = root.querySelector("[data-near]");
  onMap((api) => {
    button.hidden = false;
    if (window.isSecureContext) {
      watch(api, { button, status, stop: () => currentStop(root) });
    } else {
      button.disabled = true;
      status.textContent = button.dataset.insecure;
    }
  });
}
