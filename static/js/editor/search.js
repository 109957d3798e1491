/* The search for the next stop: Enter takes the first that was found, and the focus stays for the next one.
   "+" between two rows says where the next one goes; what is added then goes after it, and so on. */

export function start(editor) {
  const box = document.getElementById("add");
  const field = document.getElementById("search");
  const found = document.getElementById("found");
  const after = document.getElementById("after");
  const label = document.getElementById("search-name");
  const atEnd = document.getElementById("at-end");
  let searching = 0;
  let latest = Promise.resolve();

  async function read() {
    const mine = ++searching;
    const answer = await fetch(`${field.dataset.search}?q=${encodeURIComponent(field.value)}&day=${editor.dayNumber()}`);
    const html = await answer.text();
    if (mine === searching && answer.ok) {
      found.innerHTML = html;
    }
  }

  function search() {
    latest = read().catch(() => {});
    return latest;
  }

  /* Where the next one goes: after a stop, or, with '', at the end. */
  function goAfter(stop, name) {
    after.value = stop;
    after.disabled = !stop;
    atEnd.hidden = !stop;
    label.textContent = stop ? label.dataset.after.replace("{name}", name) : label.dataset.last;
  }

  function stops() {
    return [...document.querySelectorAll(".stop")].map((one) => one.dataset.stop);
  }

  async function add(form, button) {
    const before = stops();
    /* what is typed may be newer than the list below it */
    const named = form.classList.contains("found__own") ? { name: field.value } : {};
    const where = after.disabled ? {} : { after: after.value };
    const isTaken = await editor.sendForm(form, button, { ...named, ...where });
    if (!isTaken) {
      return;
    }
    const added = stops().find((one) => !before.includes(one));
    if (!after.disabled && added) {
      goAfter(added, document.getElementById(`show-${added}`).textContent);
    }
    field.value = "";
    field.focus();
    found.replaceChildren();
    search();
  }

  box.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (event.target.method.toLowerCase() === "post") {
      add(event.target, event.submitter);
      return;
    }
    await latest;
    const first = found.querySelector("[data-hit]");
    if (field.value.trim() && first) {
      add(first, first.querySelector("button"));
    }
  });

  field.addEventListener("input", search);

  /* The field keeps the focus, so that the list stays open until the click is done. */
  found.addEventListener("mousedown", (event) => event.preventDefault());

  document.addEventListener("click", (event) => {
    const plus = event.target.closest("[data-after]");
    if (plus && plus !== label && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
      event.preventDefault();
      goAfter(plus.dataset.after, plus.dataset.afterName);
      field.focus();
    } else if (event.target === atEnd) {
      event.preventDefault();
      goAfter("", "");
      field.focus();
    }
  });

  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      box.removeAttribute("data-open");
      document.querySelector(".tt__show[tabindex='0']")?.focus();
    }
  });

  document.addEventListener("editor:updated", (event) => {
    if (event.detail.isOtherDay || (!after.disabled && after.value !== "start" && !stops().includes(after.value))) {
      goAfter("", "");
    }
  });
}
