/* What is half typed when the page goes (a reload, a network that is gone) is in its field again when the same
   tab is back, and is saved as soon as one leaves the field. */

const KINDS = "input[id]:not([type=hidden], [type=checkbox], [type=radio]), textarea[id]";

/* The fields that differ from what is stored: {id, value}. */
export function halfTyped(fields) {
  return [...fields].filter((field) => field.value !== field.defaultValue).map(({ id, value }) => ({ id, value }));
}

/* Put what was typed back; the fields that took it. What a field has by now is left alone. */
export function putBack(kept, fieldOf) {
  const taken = [];
  for (const { id, value } of kept) {
    const field = fieldOf(id);
    if (field && field.value === field.defaultValue && field.value !== value) {
      field.value = value;
      taken.push(field);
    }
  }
  return taken;
}

function read(key) {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) || "[]");
    sessionStorage.removeItem(key);
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}

export function start() {
  const column = document.getElementById("column");
  const key = `unsaved ${column.dataset.url}`;
  const waiting = new Set();

  function autoFields() {
    return [...column.querySelectorAll(KINDS)].filter((field) => field.form?.hasAttribute("data-auto"));
  }

  window.addEventListener("pagehide", () => {
    const typed = halfTyped(autoFields());
    try {
      if (typed.length) {
        sessionStorage.setItem(key, JSON.stringify(typed));
      }
    } catch {
      /* a browser that keeps nothing loses what was not saved, as without this script */
    }
  });

  /* A script's value makes no change of its own when the field is left. */
  column.addEventListener("focusout", ({ target }) => {
    if (waiting.delete(target.id) && target.value !== target.defaultValue) {
      target.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
  column.addEventListener("change", ({ target }) => waiting.delete(target.id));

  const [first, ...others] = putBack(read(key), (id) => autoFields().find((field) => field.id === id));
  if (first) {
    [first, ...others].forEach((field) => waiting.add(field.id));
    first.focus();
  }
}
