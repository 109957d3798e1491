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

  function drawn(id) {
    const state = document.getElementById(id);
    if (state && window.visitMap) {
      window.visitMap.update(JSON.parse(state.textContent));
    }
  }

  new MutationObserver(() => drawn(inside("proposal-state") ? "proposal-state" : "map-state"))
    .observe(inside("beside-content"), { childList: true });

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
