/* The parts of the page that an edit may change: `[data-part]`, each with an id. A part that comes back as it
   was stays untouched; one that differs is put in the place of the old, and what was open, scrolled to,
   focused and half typed in it is so again. */

/* A part as text, without what is new with every answer. */
function plain(part) {
  return part.outerHTML.replace(/ nonce="[^"]*"|(?<=name="(?:base|csrf_token)" )value="[^"]*"/g, "");
}

/* Fields that somebody is typing in while an answer arrives must not lose what was typed. */
function typedIn(part, sent) {
  const kept = new Map();
  for (const field of part.querySelectorAll("input[id], textarea[id], select[id]")) {
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

/* What has the focus within a part: its id, and the row of its stop, for when it can no longer have it. */
function focusIn() {
  const here = document.activeElement;
  if (!here?.closest("[data-part]")) {
    return [];
  }
  const stop = here.closest(".stop");
  const shown = here.closest("#inspector") && document.getElementById("inspector").dataset.shown;
  const row = stop ? stop.dataset.stop : (shown && shown.startsWith("stop=") ? shown.slice(5) : "");
  return [here.id, row && `show-${row}`].filter(Boolean);
}

function giveFocus(ids) {
  const field = ids.map((id) => document.getElementById(id)).find((one) => one && !one.disabled);
  if (field && field !== document.activeElement) {
    field.focus({ preventScroll: true });
  }
}

function restore(part, open, kept, top) {
  for (const id of open) {
    const panel = document.getElementById(id);
    if (panel && part.contains(panel)) {
      panel.open = true;
    }
  }
  for (const [id, value] of kept) {
    const field = document.getElementById(id);
    if (field && part.contains(field)) {
      field.value = value;
    }
  }
  part.scrollTop = top;
}

/* Keeps the parts of the page: those of the column, and the visit's pages with what is open on each. */
export function keptParts() {
  const shown = new Map([...document.querySelectorAll("[data-part]")].map((part) => [part.id, plain(part)]));

  function put(old, part, sent, keeps) {
    const open = [...old.querySelectorAll("details[open]")].map((one) => one.id).filter(Boolean);
    const kept = typedIn(old, sent);
    const top = old.scrollTop;
    const isSame = old.dataset.shown === part.dataset.shown;
    old.replaceWith(part);
    if (keeps(isSame)) {
      restore(part, open, kept, top);
    }
  }

  /* Put the parts of an answer in their places; `keeps` says whether a part is still about the same. */
  function replace(html, sent, keeps) {
    const box = document.createElement("template");
    box.innerHTML = html;
    const focused = focusIn();
    const changed = [...box.content.querySelectorAll("[data-part]")].filter((part) => {
      const text = plain(part);
      const isNew = shown.get(part.id) !== text;
      shown.set(part.id, text);
      return isNew;
    });
    const [first] = changed.filter((part) => part.id === "head");
    for (const part of first ? [first, ...changed.filter((one) => one !== first)] : changed) {
      put(document.getElementById(part.id), part, sent, keeps);
    }
    giveFocus(focused);
  }

  return { replace };
}
