/* "Meet at ...": what is said, the way there, how long it is until then, and a mark on the map. */
import { onMap } from "../map/when.js";
import { leftText } from "../phone/state.js";

const SHOWN_AFTER = 30 * 60 * 1000;

/* Draws the point, and the way there where one is known; what is returned takes both off again. */
function mark({ at, label, walk }) {
  const drawn = [];
  let isOff = false;
  onMap((api) => {
    if (at && api.map && !isOff) {
      if (walk) {
        const line = walk.line.map(([lon, lat]) => [lat, lon]);
        drawn.push(...["visit-meet-edge", "visit-meet-way"].map((className) => (
          L.polyline(line, { className, interactive: false }).addTo(api.map)
        )));
      }
      const text = document.createElement("span");
      text.textContent = label;
      const marker = L.circleMarker([at[1], at[0]], { radius: 10, className: "visit-meet" }).addTo(api.map);
      marker.bindTooltip(text, { permanent: true, direction: "top", offset: [0, -8] });
      drawn.push(marker);
    }
  });
  return () => {
    isOff = true; // the map may come later
    drawn.forEach((layer) => layer.remove());
  };
}

/* Hands the point over to the phone's own navigation (static/js/navigation.js has left the link that fits). */
function showWay(box, at) {
  const ways = { other: `geo:${at}?q=${at}`, apple: `maps://?daddr=${at}&dirflg=w` };
  box.querySelector(".to-there").hidden = !at;
  box.querySelectorAll("[data-meet-way]").forEach((way) => {
    way.href = at ? ways[way.dataset.phone] : "";
  });
  if (at) {
    box.dataset.at = at;
  } else {
    delete box.dataset.at;
  }
}

function write(box, { label, text, walk }) {
  box.querySelector("[data-meet-label]").textContent = label;
  box.querySelector("[data-meet-text]").textContent = text;
  const way = box.querySelector("[data-meet-walk]");
  way.textContent = walk?.text ?? "";
  way.hidden = !walk;
}

/* Shows the last call to meet until half an hour after its time, on the map too. */
export function meetLayer(box, language) {
  let shown = null;
  let wording = "";
  let drawn = "";
  let unmark = () => {};
  const draw = () => {
    const wanted = box.hidden ? "" : wording;
    if (wanted !== drawn) {
      drawn = wanted;
      unmark();
      unmark = wanted ? mark(shown) : () => {};
    }
  };
  const count = () => {
    const left = shown ? Date.parse(shown.until_iso) - Date.now() : 0;
    box.hidden = !shown || left < -SHOWN_AFTER;
    box.querySelector("[data-meet-left]").textContent = left > 0 && shown
      ? shown.counts.replace("{left}", leftText(left, language)) : "";
    draw();
  };
  setInterval(count, 1000);
  return (meet) => {
    shown = meet;
    wording = meet ? JSON.stringify(meet) : ""; // other news draw nothing anew
    if (meet) {
      write(box, meet);
    }
    showWay(box, meet?.at && `${meet.at[1]},${meet.at[0]}`);
    count();
  };
}
