/* The stops: what a bare marker becomes, and what its popup says. All texts are set as text, never as HTML. */
import { TONES } from "./kinds.js";
import { PANE, POPUP_OPTIONS, STOP_ICON } from "./look.js";

function element(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

export function stopLabel(stop) {
  return stop.number + ". " + stop.name + (stop.times ? ", " + stop.times : "");
}

export function popupContent(stop) {
  const content = element("div", "visit-popup__text", "");
  content.append(element("strong", "visit-popup__name", stop.number + ". " + stop.name));
  if (stop.times) {
    content.append(element("span", "visit-popup__times", stop.times));
  }
  stop.lines.forEach((line) => content.append(element("p", "visit-popup__line", line)));
  return content;
}

/* The same marker as Folium renders, for stops that come later. */
export function bareStop(stop) {
  const marker = L.marker([stop.at[1], stop.at[0]], { icon: L.divIcon(STOP_ICON) });
  return marker.bindPopup(L.popup(POPUP_OPTIONS));
}

function dressIcon(view, marker, stop) {
  const icon = marker.getElement();
  const tone = TONES.includes(stop.tone) ? stop.tone : "ok";
  const kinds = (stop.is_meal ? " visit-stop__disc--meal" : "") + (stop.here ? " visit-stop__here" : "");
  const look = "visit-stop__disc visit-stop__disc--" + tone + kinds;
  icon.replaceChildren(element("span", look, String(stop.number)));
  icon.setAttribute("role", "button");
  icon.setAttribute("aria-label", stopLabel(stop));
  icon.addEventListener("keydown", (event) => {
    if (event.key === " ") {
      event.preventDefault();
      marker.openPopup();
    }
  });
}

function tell(view, stop) {
  const detail = { number: stop.number, name: stop.name };
  view.map.getContainer().dispatchEvent(new CustomEvent("visitmap:stop", { bubbles: true, detail }));
}

function onPopupOpen(view, marker) {
  const popup = marker.getPopup().getElement();
  const close = popup.querySelector(".leaflet-popup-close-button");
  if (close) {
    close.setAttribute("aria-label", view.labels.close);
    close.title = view.labels.close;
  }
  if (marker.getElement() === document.activeElement && marker.getElement().matches(":focus-visible")) {
    popup.tabIndex = -1;
    popup.focus({ preventScroll: true });
    view.returnTo = marker;
  }
}

/* Numbers, labels, keys, popup text and the circle of an approximate place. */
export function dressStop(view, marker, stop) {
  marker.stop = stop;
  marker.trueAt = L.latLng(stop.at[1], stop.at[0]);
  marker.setZIndexOffset(0);
  marker.getPopup().setContent(() => popupContent(stop));
  marker.on("add", () => dressIcon(view, marker, stop));
  marker.on("popupopen", () => {
    onPopupOpen(view, marker);
    tell(view, stop);
  });
  if (marker.getElement()) {
    dressIcon(view, marker, stop);
  }
  if (stop.approximate_m) {
    const look = { radius: stop.approximate_m, className: "visit-area", interactive: false, pane: PANE.areas };
    view.areas.addLayer(L.circle(marker.trueAt, look));
  }
}
