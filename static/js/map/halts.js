/* Where the group gets on or off: a small open circle; minute and name stand beside it on the drawn town. */
import { PANE, POPUP_OPTIONS } from "./look.js";

export function dressHalts(view, halts) {
  for (const halt of halts) {
    const look = { radius: 5, className: "visit-halt", pane: PANE.hits };
    const marker = L.circleMarker([halt.at[1], halt.at[0]], look);
    marker.halt = halt;
    const text = () => Object.assign(document.createElement("span"), { textContent: halt.label });
    marker.bindTooltip(text, { direction: "right", offset: [6, 0], className: "visit-tooltip" });
    marker.bindPopup(text, { ...POPUP_OPTIONS, offset: [0, 0] });
    view.halts.addLayer(marker);
    readable(marker, view.labels.halt + ": " + halt.label);
  }
}

/* A circle that keys reach and open. */
function readable(marker, label) {
  const circle = marker.getElement();
  circle.setAttribute("role", "button");
  circle.setAttribute("tabindex", "0");
  circle.setAttribute("aria-label", label);
  circle.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      marker.openPopup();
    }
  });
}
