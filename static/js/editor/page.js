/* The editor: every change is one small form. With this script the form is sent in the background, the
   column comes back with the new times, and scroll, focus, open panels and half-typed fields stay.
   Changes are sent one after the other, each on the revision that the one before made. The column shows
   one day of the visit; whatever is sent says which.

   The column tells of `editor:updated` with {state, isOtherDay} when new times are shown. */
(function () {
  "use strict";

  const column = document.getElementById("column");
  if (!column) {
    return;
  }
  let queue = Promise.resolve();
  let searching = 0;

  function head() {
    return column.querySelector("[data-head]").dataset;
  }

  /* Tells one day from another, also where a day before it is gone. */
  function dayKey() {
    return `${head().day} of ${head().days}`;
  }

  function token() {
    return column.querySelector("[name=csrf_token]").value;
  }

  /* Fields that somebody is typing in while an answer arrives must not lose what was typed. */
  function typed(sent) {
    const kept = new Map();
    for (const field of column.querySelectorAll("input[id], textarea[id], select[id]")) {
      if (field.type === "checkbox" || field.type === "hidden") {
        continue;
      }
      const stored = field.tagName === "SELECT"
        ? [...field.options].filter((one) => one.defaultSelected).map((one) => one.value).join() : field.defaultValue;
      if (field.value !== stored && field.value !== sent.get(field.id)) {
        kept.set(field.id, field.value);
      }
    }
    return kept;
  }

  function snapshot(form) {
    const values = new Map();
    for (const field of form ? form.elements : []) {
      if (field.id) {
        values.set(field.id, field.value);
      }
    }
    return values;
  }

  /* What had the focus: its id, and the stop it belongs to, for when it can no longer have it. */
  function focusOf() {
    const here = document.activeElement;
    if (!column.contains(here)) {
      return [];
    }
    const stop = here.closest(".stop");
    return [here.id, stop ? `show-${stop.dataset.stop}` : ""].filter(Boolean);
  }

  function giveFocus(ids) {
    const field = ids.map((id) => document.getElementById(id)).find((one) => one && !one.disabled);
    if (field) {
      field.focus({ preventScroll: true });
    }
  }

  /* New content in the place of the old: on the same day everything else stays as it was. */
  function show(html, sent) {
    const open = [...column.querySelectorAll("details[open]")].map((one) => one.id).filter(Boolean);
    const focused = focusOf();
    const top = column.scrollTop;
    const kept = typed(sent);
    const before = dayKey();
    column.innerHTML = html;
    const isOtherDay = dayKey() !== before;
    for (const id of open) {
      const panel = document.getElementById(id);
      if (panel && !(isOtherDay && panel.closest(".stop"))) {
        panel.open = true;
      }
    }
    for (const [id, value] of isOtherDay ? [] : kept) {
      const field = document.getElementById(id);
      if (field) {
        field.value = value;
      }
    }
    column.scrollTop = isOtherDay ? 0 : top;
    const refused = document.getElementById("refused");
    if (refused) {
      refused.scrollIntoView({ block: "nearest" });
    }
    giveFocus(isOtherDay ? ["day-tab-shown"] : focused);
    keepDay();
    centreTab();
    makeSortable();
    const state = JSON.parse(document.getElementById("map-state").textContent);
    column.dispatchEvent(new CustomEvent("editor:updated", { bubbles: true, detail: { state, isOtherDay } }));
    return isOtherDay;
  }

  /* The links to the other languages stay on the day that is shown. */
  function keepDay() {
    for (const link of document.querySelectorAll("a[hreflang]")) {
      const address = new URL(link.href);
      address.searchParams.set("day", Number(head().day) + 1);
      link.href = address.href;
    }
  }

  /* Of many days on a narrow screen the shown one is in view. */
  function centreTab() {
    const tab = document.getElementById("day-tab-shown");
    const tabs = tab && tab.closest(".day-tabs");
    if (tabs) {
      tabs.scrollLeft = tab.offsetLeft - tabs.offsetLeft - (tabs.clientWidth - tab.offsetWidth) / 2;
    }
  }

  function addressOf(day) {
    return day === "0" ? column.dataset.url : `${column.dataset.url}?day=${Number(day) + 1}`;
  }

  function lost() {
    let note = document.getElementById("lost");
    if (!note) {
      note = document.createElement("p");
      note.id = "lost";
      note.className = "editor__refused";
      note.setAttribute("role", "alert");
      column.prepend(note);
    }
    note.textContent = column.dataset.lost;
    note.scrollIntoView({ block: "nearest" });
  }

  /* Ask for the column and show it; whether what was sent was taken. */
  async function fetchColumn(url, options, sent, isNewPlace) {
    column.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(url, { ...options, headers: { "X-Editor": "column" }, redirect: "follow" });
      const html = await answer.text();
      if (html.includes("data-head=")) {
        if (show(html, sent) && isNewPlace) {
          history.pushState(null, "", addressOf(head().day));
        }
        return answer.ok;
      } else if (answer.status === 401 || answer.status === 400 || answer.redirected) {
        /* The session has ended: the page that says so carries the change along. */
        const page = new DOMParser().parseFromString(html, "text/html");
        document.title = page.title;
        document.body.replaceWith(page.body);
        window.scrollTo(0, 0);
      } else {
        lost();
      }
    } catch {
      lost();
    } finally {
      column.removeAttribute("aria-busy");
    }
    return false;
  }

  function post(url, body, sent) {
    body.set("base", head().head);
    body.set("csrf_token", token());
    if (!body.has("day")) {
      body.set("day", head().day);
    }
    return fetchColumn(url, { method: "POST", body }, sent, true);
  }

  function send(url, body, form) {
    const sent = snapshot(form);
    queue = queue.then(() => post(url, body, sent));
    return queue;
  }

  function openDay(url, isNewPlace) {
    queue = queue.then(() => fetchColumn(url, {}, new Map(), isNewPlace));
    return queue;
  }

  window.addEventListener("popstate", () => {
    const day = Number(new URL(location.href).searchParams.get("day") || 1) - 1;
    if (String(day) !== head().day) {
      openDay(location.href, false);
    }
  });

  column.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.hasAttribute("data-plain")) {
      return;
    }
    event.preventDefault();
    if (form.method.toLowerCase() === "get") {
      search(form.querySelector("[data-search]"));
    } else {
      sendForm(form, event.submitter);
    }
  });

  /* Send a form of the column, or one of a panel beside it, as an edit. */
  function sendForm(form, button) {
    const body = new URLSearchParams(new FormData(form));
    if (button && button.name) {
      body.set(button.name, button.value);
    }
    if (form.id === "" && form.querySelector("#place-at")) {
      form.querySelectorAll("input[id]").forEach((field) => queueMicrotask(() => { field.value = field.defaultValue; }));
    }
    return send((button && button.hasAttribute("formaction") && button.formAction) || form.action, body, form);
  }

  /* A field that says nothing without another, or only together with it, is not sent alone. */
  function isHalf(field) {
    const needed = document.getElementById(field.dataset.needs);
    const partner = document.getElementById(field.dataset.pair);
    return Boolean((needed && !needed.value) || (partner && Boolean(partner.value) !== Boolean(field.value)));
  }

  /* A changed field is saved at once; the button is there for those without this script. */
  column.addEventListener("change", (event) => {
    const form = event.target.form;
    if (form && form.hasAttribute("data-auto") && !isHalf(event.target) && form.reportValidity()) {
      send(form.action, new URLSearchParams(new FormData(form)), form);
    }
  });

  async function search(field) {
    const mine = ++searching;
    const answer = await fetch(`${field.dataset.search}?q=${encodeURIComponent(field.value)}&day=${Number(head().day) + 1}`);
    const html = await answer.text();
    if (mine === searching && answer.ok) {
      document.getElementById("found").innerHTML = html;
    }
  }

  column.addEventListener("input", (event) => {
    if (event.target.dataset.search !== undefined) {
      search(event.target);
    }
  });

  column.addEventListener("click", (event) => {
    const tab = event.target.closest("[data-day-tab]");
    if (tab && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
      event.preventDefault();
      openDay(tab.href, true);
      return;
    }
    const link = event.target.closest("[data-number]");
    if (link && window.visitMap && window.visitMap.focusStop(link.dataset.number) && window.innerWidth >= 900) {
      event.preventDefault();
    }
  });

  function isTyping(target) {
    return target.matches("input, textarea, select");
  }

  document.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || isTyping(event.target) || (key !== "z" && key !== "y")) {
      return;
    }
    const button = column.querySelector(`[data-key=${key === "y" || event.shiftKey ? "redo" : "undo"}]`);
    if (button && !button.disabled) {
      event.preventDefault();
      button.click();
    }
  });

  /* Alt and an arrow move the stop that has the focus, or something of it. */
  column.addEventListener("keydown", (event) => {
    const stop = event.target.closest(".stop");
    if (!event.altKey || !stop || isTyping(event.target) || !["ArrowUp", "ArrowDown"].includes(event.key)) {
      return;
    }
    event.preventDefault();
    const stops = [...column.querySelectorAll(".stop")];
    const position = stops.indexOf(stop) + (event.key === "ArrowUp" ? -1 : 1);
    if (position >= 0 && position < stops.length) {
      move(stop.dataset.stop, position);
    }
  });

  function makeSortable() {
    const list = document.getElementById("stops");
    if (!window.Sortable || !list) {
      return;
    }
    window.Sortable.create(list, {
      draggable: ".stop",
      handle: ".disc",
      animation: window.matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 150,
      onEnd(event) {
        if (event.oldDraggableIndex !== event.newDraggableIndex) {
          move(event.item.dataset.stop, event.newDraggableIndex);
        }
      },
    });
  }

  function move(stop, position) {
    return send(column.dataset.url + "/edit/move", new URLSearchParams({ stop, position: String(position) }));
  }

  centreTab();
  makeSortable();
  window.visitEditor = {
    addSite: (site) => send(column.dataset.url + "/edit/add_site", new URLSearchParams({ site })),
    addPlace: (name, at) => send(column.dataset.url + "/edit/add_place", new URLSearchParams({ kind: "place", name, at })),
    move,
    sendForm,
    idle: () => queue,
  };
})();
