/* The editor: every change is one small form. With this script the form is sent in the background, the
   day's parts come back with the new times, and scroll, focus, open panels and half-typed fields stay.
   Changes are sent one after the other, each on the revision that the one before made. The page shows
   one day of the visit; whatever is sent says which, and what is selected.

   The column tells of `editor:updated` with {state, isOtherDay} when new times are shown. */
import { keptParts } from "./parts.js";

const SELECTS = ["stop", "leg", "part"];
const WAITS = [300, 900, 2500]; // milliseconds before what reached nobody is sent again
const AWAY = [502, 504];

/* Starts the column and returns what others may do with it; null on a page without one. */
export function start() {
  const column = document.getElementById("column");
  if (!column) {
    return null;
  }
  const parts = keptParts();
  let queue = Promise.resolve();
  let asked = 0;

  function head() {
    return column.querySelector("[data-head]").dataset;
  }

  /* Tells one day from another, also where a day before it is gone. */
  function dayKey() {
    return `${head().day} of ${head().days}`;
  }

  function token() {
    return document.querySelector("#main [name=csrf_token]").value;
  }

  function selection() {
    return document.getElementById("inspector").dataset.shown;
  }

  /* The address, with what is selected now. */
  function withSelection(address, query = selection()) {
    const url = new URL(address, location.href);
    SELECTS.forEach((name) => url.searchParams.delete(name));
    new URLSearchParams(query).forEach((value, name) => url.searchParams.set(name, value));
    return url.href;
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

  /* New parts in the place of the old: on the same day everything else stays as it was. */
  function show(html, sent) {
    const before = dayKey();
    parts.replace(html, sent, (isSame) => dayKey() === before && isSame);
    const isOtherDay = dayKey() !== before;
    if (isOtherDay) {
      document.getElementById("timetable").scrollTop = 0;
      document.getElementById("day-tab-shown")?.focus({ preventScroll: true });
    }
    const wrong = column.querySelector("[aria-invalid=true]") || document.getElementById("refused");
    if (wrong) {
      wrong.scrollIntoView({ block: "nearest" });
    }
    centreTab();
    const state = JSON.parse(document.getElementById("map-state").textContent);
    column.dispatchEvent(new CustomEvent("editor:updated", { bubbles: true, detail: { state, isOtherDay } }));
    return isOtherDay;
  }

  /* What came in from others and what the day comes to is said once for each edit, and nothing else again. */
  function say() {
    const read = ["came-in", "sum"].map((id) => document.getElementById(id)?.textContent ?? "");
    document.getElementById("said").textContent = read.join(" ").replace(/\s+/g, " ").trim();
  }

  /* The links to the other languages stay on the day that is shown. */
  function keepDay() {
    for (const link of document.querySelectorAll("a[hreflang]")) {
      const address = new URL(link.href);
      address.searchParams.set("day", Number(head().day) + 1);
      link.href = withSelection(address.href);
    }
  }

  /* A reload shows the same; another day that was asked for is a place of its own in the history. */
  function keepPlace(isNew) {
    history[isNew ? "pushState" : "replaceState"](null, "", withSelection(addressOf(head().day)));
    keepDay();
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
      document.getElementById("head").append(note);
    }
    note.textContent = column.dataset.lost;
    note.scrollIntoView({ block: "nearest" });
  }

  /* The session has ended: the page that says so carries the change along. */
  function becomeSignIn(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    document.title = page.title;
    document.body.replaceWith(page.body);
    window.scrollTo(0, 0);
  }

  /* A machine that serves may go at any moment; another one, or the same, goes on. An edit has a key of its own,
     by which it is made once however often it is sent. */
  async function reach(url, options) {
    for (const wait of WAITS) {
      try {
        const answer = await fetch(url, options);
        if (!AWAY.includes(answer.status)) {
          return answer;
        }
      } catch { /* asked again below */ }
      await new Promise((resolve) => { setTimeout(resolve, wait); });
    }
    return fetch(url, options);
  }

  /* Ask for the day's parts and show them; whether what was sent was taken. */
  async function fetchColumn(url, options, sent, isNewPlace) {
    column.setAttribute("aria-busy", "true");
    try {
      const answer = await reach(url, { ...options, headers: { "X-Editor": "column" }, redirect: "follow" });
      const html = await answer.text();
      asked += answer.status === 409 ? 1 : 0;
      if (html.includes("data-head=")) {
        const isOtherDay = show(html, sent);
        keepPlace(isOtherDay && isNewPlace);
        say();
        return answer.ok;
      } else if (answer.status === 401 || answer.status === 400 || answer.redirected) {
        becomeSignIn(html);
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
    body.set("key_of_edit", Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join("-"));
    if (!body.has("day")) {
      body.set("day", head().day);
    }
    return fetchColumn(withSelection(url), { method: "POST", body }, sent, true);
  }

  /* What was already waiting when another's change came in between was made on what is no longer shown: sent
     after it, it would overwrite unseen what is being asked about. It stays typed in its field. */
  function send(url, body, form) {
    const sent = snapshot(form), before = asked;
    queue = queue.then(() => asked === before && post(url, body, sent));
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
    if (!event.target.hasAttribute("data-plain")) {
      event.preventDefault();
      sendForm(event.target, event.submitter);
    }
  });

  /* Send a form of the column, or one of a panel beside it, as an edit. */
  function sendForm(form, button, more = {}) {
    const body = new URLSearchParams(new FormData(form));
    if (button && button.name) {
      body.set(button.name, button.value);
    }
    Object.entries(more).forEach(([name, value]) => body.set(name, value));
    if (form.hasAttribute("data-added")) {
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

  column.addEventListener("click", (event) => {
    const tab = event.target.closest("[data-day-tab]");
    if (tab && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
      event.preventDefault();
      openDay(tab.href, true);
    }
  });

  document.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    const isTyping = event.target.matches("input, textarea, select");
    if (!(event.ctrlKey || event.metaKey) || isTyping || (key !== "z" && key !== "y")) {
      return;
    }
    const button = column.querySelector(`[data-key=${key === "y" || event.shiftKey ? "redo" : "undo"}]`);
    if (button && !button.disabled) {
      event.preventDefault();
      button.click();
    }
  });

  /* When times and map are as the last answer has them. */
  function painted() {
    return new Promise((done) => {
      requestAnimationFrame(() => setTimeout(() => setTimeout(done)));
    });
  }

  function edit(action, fields) {
    return send(`${column.dataset.url}/edit/${action}`, new URLSearchParams(fields));
  }

  centreTab();
  const editor = {
    addressNow: (query) => withSelection(addressOf(head().day), query),
    addSite: (site) => edit("add_site", { site }),
    addPlace: (name, at) => edit("add_place", { kind: "place", name, at }),
    dayNumber: () => Number(head().day) + 1,
    edit,
    idle: () => queue.then(painted),
    keepPlace,
    move: (stop, position) => edit("move", { stop, position: String(position) }),
    parts,
    selection,
    sendForm,
  };
  window.visitEditor = editor;
  return editor;
}
