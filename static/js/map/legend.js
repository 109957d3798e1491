/* What the lines mean. */
import { MODES, PARTIES } from "./kinds.js";

/* What the lines mean, below the map so that it covers nothing; shown only while there is more than walking, or
   more than one party, to tell apart. */
export function legend(map, labels) {
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
      box.hidden = !hasModes && !parties.length;
      box.replaceChildren(
        ...parties,
        ...(hasModes ? modes.map((mode) => entry(mode, labels[mode] || mode)) : []),
        ...(halts.length ? [haltEntry()] : []),
      );
    },
  };
}
