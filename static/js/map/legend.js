/* What the lines mean. */
import { MARKS, MODES, PARTIES } from "./kinds.js";

/* The tick that shows toilets, water and seats from afar; null where the town drawn here has none, or nobody walks. */
function layerTick(background, text) {
  const names = MARKS.filter(({ layer }) => layer === "comforts").map(({ name }) => name);
  if (!text || !background || !background.marks.some(({ name }) => names.includes(name))) {
    return null;
  }
  const item = document.createElement("li");
  const label = Object.assign(document.createElement("label"), { className: "visit-legend__layer" });
  const box = Object.assign(document.createElement("input"), { type: "checkbox" });
  box.addEventListener("change", () => background.showLayer(box.checked ? "comforts" : ""));
  label.append(box, text);
  item.append(label);
  return item;
}

/* What the lines mean, below the map so that it covers nothing; shown only while there is more than walking, or
   more than one party, to tell apart, or a layer to be asked for. */
export function legend(map, labels, background) {
  const tick = layerTick(background, labels.comforts);
  const box = L.DomUtil.create("ul", "visit-legend");
  box.setAttribute("aria-label", labels.legend);
  map.getContainer().after(box);
  map.getContainer().parentElement.classList.add("visit-frame");
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
      box.hidden = !hasModes && !parties.length && !tick;
      box.replaceChildren(
        ...parties,
        ...(hasModes ? modes.map((mode) => entry(mode, labels[mode] || mode)) : []),
        ...(halts.length ? [haltEntry()] : []),
        ...(tick ? [tick] : []),
      );
    },
  };
}
