/* The list of sites: filters as one types, and leads to the map and back. Without it the form is sent. */
(function () {
  "use strict";

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

  form.q.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(load, WAIT_MS);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    load();
  });
  results.addEventListener("click", onRow);
  document.addEventListener("sitesmap:site", (event) => highlight(event.detail.id, { scroll: true }));
})();
