/* From a stop in the list to the same on the map, and back. */
import { onMap } from "../map/when.js";
import { reducedMotion } from "../map/style.js";

function goTo(element) {
  element.scrollIntoView({ behavior: reducedMotion() ? "instant" : "smooth", block: "start" });
}

/* The name of every stop that is on the map becomes a button. */
function nameButtons(root, show) {
  root.querySelectorAll(".row[data-on-map]").forEach((row) => {
    const name = row.querySelector(".row__name");
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "row__there" });
    button.append(...name.childNodes);
    button.addEventListener("click", () => show(row.dataset.onMap));
    name.append(button);
  });
}

export function tapToMap(root = document) {
  const map = root.getElementById("map");
  const back = root.querySelector("[data-back]");
  onMap((api) => {
    let number = null;
    const came = (to) => {
      number = to;
      back.hidden = false;
      back.textContent = back.dataset.back.replace("{stop}", to);
    };
    nameButtons(root, (to) => {
      goTo(map);
      api.focusStop(to);
      came(to);
    });
    root.addEventListener("visitmap:stop", (event) => came(event.detail.number));
    back.addEventListener("click", () => {
      const row = root.getElementById(`stop-${number}`);
      if (row) {
        goTo(row);
        row.querySelector("button, summary")?.focus({ preventScroll: true });
      }
    });
  });
}
