/* The search for another order, in the panel beside the timetable: it begins when the panel is opened, says
   that it is under way, can be cancelled, and what was found is marked when the day has changed since. While
   it is shown the map has its way instead of the day's. */

export function start() {
  const beside = document.getElementById("beside");
  const column = document.getElementById("column");
  if (!beside || !column) {
    return;
  }

  function inside(id) {
    return beside.querySelector(`#${id}`);
  }

  /* The answer replaces all of this; a cancelled search is never shown. */
  beside.addEventListener("submit", (event) => {
    if (event.target.id !== "order-form") {
      return;
    }
    const button = inside("search-order");
    const status = inside("order-status");
    button.textContent = button.dataset.searching;
    button.disabled = true;
    inside("cancel-order").hidden = false;
    status.classList.remove("proposal__status--stale");
    status.textContent = status.dataset.searching;
  });

  let before = null;

  /* What the panel leaves to be seen of the map shows the whole proposed way; afterwards it stands as it did. */
  function moveTo({ legs, stops }) {
    const { map } = window.visitMap;
    const places = [...legs.flatMap((leg) => leg.geometry), ...stops.map((stop) => stop.at)].filter(Boolean);
    const [panel, shown] = [beside, map.getContainer()].map((one) => one.getBoundingClientRect());
    const isAbove = panel.width > shown.width - 8 && panel.bottom < shown.bottom;
    before ??= { centre: map.getCenter(), zoom: map.getZoom() };
    if (isAbove && places.length) {
      map.fitBounds(places.map(([lon, lat]) => [lat, lon]), {
        animate: false, paddingBottomRight: [40, 30], paddingTopLeft: [40, panel.bottom - shown.top + 30],
      });
    }
  }

  function drawn() {
    const state = inside("proposal-state");
    if (!window.visitMap || !(state || before)) {
      return;
    }
    const content = JSON.parse((state || document.getElementById("map-state")).textContent);
    window.visitMap.update(content);
    if (state) {
      moveTo(content);
    } else {
      window.visitMap.map.setView(before.centre, before.zoom, { animate: false });
      before = null;
    }
  }

  new MutationObserver(drawn).observe(inside("beside-content"), { childList: true });

  beside.addEventListener("editor:beside", () => {
    const form = inside("order-form");
    if (form && form.hasAttribute("data-search-now")) {
      form.requestSubmit();
    }
  });

  document.addEventListener("editor:updated", () => {
    const shown = beside.querySelector("[data-proposal]");
    const accept = inside("accept-order");
    if (shown && accept && shown.dataset.head !== column.querySelector("[data-head]").dataset.head) {
      const status = inside("order-status");
      status.textContent = status.dataset.stale;
      status.classList.add("proposal__status--stale");
      accept.disabled = true;
    }
  });
}
