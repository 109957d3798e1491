/* The panel beside the timeline: a link or button with `data-beside` (its address, or the link's own) is
   opened in it. Escape or its button closes it, and the focus goes back to where it came from.

   Inside: a form that posts is an edit and refreshes the column as all others do; with `data-closes` the
   panel closes once it was taken, else it is loaded again. A form that gets loads its answer into the
   panel. A part with `data-live` is loaded again whenever the visit has changed. */
(function () {
  "use strict";

  const beside = document.getElementById("beside");
  const editor = window.visitEditor;
  if (!beside || !editor) {
    return;
  }
  const content = document.getElementById("beside-content");
  let address = "";
  let opener = null;
  let asked = 0;

  /* What has just been loaded is read from its beginning; what is loaded again leaves the focus alone. */
  async function load(url, isAgain) {
    const mine = ++asked;
    address = url;
    beside.setAttribute("aria-busy", "true");
    let html = "";
    try {
      const answer = await fetch(url, { headers: { "X-Editor": "beside" } });
      html = answer.redirected ? "" : await answer.text();
    } catch {
      html = "";
    }
    if (mine !== asked) {
      return;
    }
    beside.removeAttribute("aria-busy");
    if (html) {
      content.innerHTML = html;
    } else {
      content.textContent = beside.dataset.lost;
    }
    beside.hidden = false;
    if (!isAgain) {
      beside.scrollTop = 0;
      beside.focus();
    }
    beside.dispatchEvent(new CustomEvent("editor:beside", { bubbles: true, detail: { url } }));
  }

  function close() {
    asked += 1;
    beside.hidden = true;
    content.replaceChildren();
    const back = opener && (opener.isConnected ? opener : document.getElementById(opener.id));
    if (back) {
      back.focus({ preventScroll: true });
    }
    opener = null;
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-beside]");
    if (link && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
      event.preventDefault();
      opener = beside.contains(link) ? opener : link;
      load(link.dataset.beside || link.href, false);
    } else if (event.target.closest("#beside [data-close]")) {
      close();
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !beside.hidden) {
      close();
    }
  });

  beside.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.hasAttribute("data-plain")) {
      return;
    }
    event.preventDefault();
    if (form.method.toLowerCase() === "get") {
      const fields = new URLSearchParams(new FormData(form, event.submitter));
      load(`${form.action.split("?")[0]}?${fields}`, false);
      return;
    }
    editor.sendForm(form, event.submitter).then((isTaken) => {
      if (isTaken && form.hasAttribute("data-closes")) {
        close();
      } else if (isTaken && !beside.hidden && !content.querySelector("[data-live]")) {
        load(address, true);
      }
    });
  });

  document.addEventListener("editor:updated", () => {
    if (!beside.hidden && content.querySelector("[data-live]")) {
      load(address, true);
    }
  });

  window.visitBeside = { open: (url) => load(url, false), close };
})();
