/* "Meet at ...": what is said, the way there, how long it is until then, and a mark on the map. */
import { onMap } from "../map/when.js";
import { leftText } from "../phone/state.js";

const SHOWN_AFTER = 30 * 60 * 1000;

function mark(place, label) {
  let marker = null;
  let isOff = false;
  onMap((api) => {
    if (place && api.map && !isOff) {
      const text = document.createElement("span");
      text.textContent = label;
      marker = L.circleMarker([place[1], place[0]], { radius: 10, className: "visit-meet" }).addTo(api.map);
      marker.bindTooltip(text, { permanent: true, direction: "top", offset: [0, -8] });
    }
  });
  return () => {
    isOff = true; // the map may come later
    marker?.remove();
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

/* Shows the last call to meet until half an hour after its time. */
export function meetLayer(box, language) {
  let shown = null;
  let unmark = () => {};
  const count = () => {
    const left = shown ? Date.parse(shown.until_iso) - Date.now() : 0;
    box.hidden = !shown || left < -SHOWN_AFTER;
    box.querySelector("[data-meet-left]").textContent = left > 0 && shown
      ? shown.counts.replace("{left}", leftText(left, language)) : "";
  };
  setInterval(count, 1000);
  return (meet) => {
    if (meet?.id !== shown?.id) {
      unmark();
      unmark = meet?.at ? mark(meet.at, meet.label) : () => {};
    }
    shown = meet;
    if (meet) {
      box.querySelector("[data-meet-label]").textContent = meet.label;
      box.querySelector("[data-meet-text]").textContent = meet.text;
    }
    showWay(box, meet?.at && `${meet.at[1]},${meet.at[0]}`);
    count();
  };
}
