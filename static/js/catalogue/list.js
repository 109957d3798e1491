/* The list of sites: filters as one types, and leads to the map and back. Without it the form is sent. */

export function start() {
  const WAIT_MS = 180;
  const form = document.querySelector("[data-sites-search]");
  const results = document.querySelector("#sites-results");
  let timer = 0;
  let asked = null;

  function address() {
    const filled = Array.from(new FormData(form)).filter(([, value]) => value);
    const words = new URLSearchParams(filled).toString();
    return form.action + (words ? "?" + words : "");
  }

  function renew(html) {
    const themes = results.querySelector("[data-themes]");
    const isOpen = Boolean(themes && themes.open);
    results.innerHTML = html;
    const next = results.querySelector("[data-themes]");
    if (next) {
      next.open = isOpen;
    }
    offerAll();
    if (window.sitesMap) {
      window.sitesMap.show(JSON.parse(results.querySelector("#sites-markers").textContent));
    }
  }

  async function load() {
    if (asked) {
      asked.abort();
    }
    asked = new AbortController();
    const url = address();
    try {
      const answer = await fetch(url, { headers: { "X-Fragment": "results" }, signal: asked.signal });
      if (!answer.ok || answer.redirected) {
        window.location.assign(url);
        return;
      }
      renew(await answer.text());
      window.history.replaceState(null, "", url);
    } catch (error) {
      if (error.name !== "AbortError") {
        window.location.assign(url);
      }
    }
  }

  function highlight(id, { scroll }) {
    results.querySelectorAll(".site-row--on").forEach((row) => row.classList.remove("site-row--on"));
    const row = results.querySelector(`[data-site="${CSS.escape(id)}"]`);
    if (row) {
      row.classList.add("site-row--on");
      if (scroll) {
        row.scrollIntoView({ block: "nearest" });
      }
    }
  }

  function onRow(event) {
    const row = event.target.closest("[data-placed]");
    const link = event.target.closest("a");
    if (event.target.closest("label")) {
      return;
    }
    if (!row || !window.sitesMap || (link && !link.dataset.show) || String(window.getSelection())) {
      return;
    }
    const isBeside = window.matchMedia("(min-width: 900px)").matches;
    if (link && isBeside) {
      event.preventDefault();
    }
    if (link || isBeside) {
      window.sitesMap.focus(row.dataset.site);
      highlight(row.dataset.site, { scroll: false });
    }
  }

  function ticks() {
    return Array.from(results.querySelectorAll("[name=tick]"));
  }

  function count() {
    const told = results.querySelector("[data-ticked]");
    if (told) {
      const number = ticks().filter((one) => one.checked).length;
      const bar = results.querySelector("[data-several]");
      told.textContent = String(number);
      bar.hidden = number === 0;
      bar.classList.add("several__bar--on");
    }
  }

  function offerAll() {
    const all = results.querySelector("[data-tick-all]");
    if (all) {
      all.hidden = false;
    }
    count();
  }

  function onTick(event) {
    if (event.target.closest("[data-tick-all]")) {
      ticks().forEach((one) => (one.checked = event.target.checked));
    }
    count();
  }

  form.q.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(load, WAIT_MS);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    load();
  });
  form.addEventListener("change", (event) => event.target !== form.q && load());
  results.addEventListener("change", onTick);
  results.addEventListener("click", onRow);
  offerAll();
  document.addEventListener("sitesmap:site", (event) => highlight(event.detail.id, { scroll: true }));
}
