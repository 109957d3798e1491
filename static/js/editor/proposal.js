/* The search for another order, in the panel beside the timeline: it begins when the panel is opened, says
   that it is under way, can be cancelled, and what was found is marked when the day has changed since. */
(function () {
  "use strict";

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
})();
