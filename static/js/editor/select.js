/* What is selected in the timetable: a click or an arrow key selects a row, and all about it opens in the
   inspector. One row at a time is in the order of the tab key; within it the fields are. */

const WIDE = "(min-width: 1200px)";

export function start(editor) {
  const column = document.getElementById("column");
  let asked = 0;
  let waiting = 0;

  function grid() {
    return document.getElementById("stops");
  }

  function links() {
    return [...(grid() ? grid().querySelectorAll(".tt__show") : [])];
  }

  function rowOf(target) {
    return target.closest(".tt__row");
  }

  /* The row that the tab key comes to: the one with the focus, else the selected one, else the first stop. */
  function rove(row) {
    const rows = grid() ? [...grid().querySelectorAll(".tt__row")] : [];
    const here = row || rows.find((one) => one.getAttribute("aria-selected") === "true")
      || rows.find((one) => one.classList.contains("tt__row--stop")) || rows.find((one) => one.querySelector("a"));
    for (const one of rows) {
      one.querySelectorAll("a, .tt__input").forEach((field) => { field.tabIndex = one === here ? 0 : -1; });
    }
  }

  function mark(query) {
    for (const row of column.querySelectorAll(".tt__row[data-query]")) {
      row.setAttribute("aria-selected", String(row.dataset.query === query));
    }
  }

  /* What of the map the inspector leaves to be seen, from above or from the side. */
  function covered(map) {
    const box = document.getElementById("inspector").getBoundingClientRect();
    const shown = map.getContainer().getBoundingClientRect();
    const isAbove = box.width > shown.width - 8;
    return {
      paddingBottomRight: [isAbove ? 60 : box.width + 60, 40],
      paddingTopLeft: [60, isAbove ? box.height + 60 : 60],
    };
  }

  function onMap(query) {
    const row = column.querySelector(`.tt__row[data-query="${CSS.escape(query)}"] [data-number]`);
    if (!row || !window.visitMap || window.innerWidth < 900) {
      return;
    }
    const { map, stopAt } = window.visitMap;
    window.visitMap.focusStop(row.dataset.number);
    const at = stopAt?.(row.dataset.number);
    if (at) {
      map.panInside(at, { ...covered(map), animate: false });
    }
  }

  async function read(query) {
    try {
      const answer = await fetch(editor.addressNow(query), { headers: { "X-Editor": "inspector" } });
      return answer.ok && !answer.redirected ? await answer.text() : "";
    } catch {
      return "";
    }
  }

  /* Select what a row stands for, '' for nothing; `isEntered` moves the focus into the inspector. */
  async function select(query, isEntered) {
    const mine = ++asked;
    const inspector = document.getElementById("inspector");
    mark(query);
    if (query) {
      const html = await read(query);
      if (mine !== asked || !html) {
        return;
      }
      editor.parts.replace(html, new Map(), (isSame) => isSame);
      mark(query);
      onMap(query);
    } else {
      inspector.hidden = true;
      inspector.dataset.shown = "";
      inspector.replaceChildren();
    }
    rove(document.activeElement.closest(".tt__row"));
    editor.keepPlace(false);
    column.dispatchEvent(new CustomEvent("editor:selected", { bubbles: true }));
    if (isEntered) {
      document.getElementById("inspector-name")?.focus();
    }
  }

  function opener() {
    const [kind, id] = editor.selection().split("=");
    return document.getElementById({ leg: `way-to-${id}`, stop: `show-${id}` }[kind] || `show-${id}`);
  }

  function close() {
    const back = opener();
    select("", false);
    back?.focus({ preventScroll: true });
  }

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    const link = event.target.closest("[data-show]");
    const row = column.contains(event.target) && event.target.closest(".tt__row[data-query]");
    if (link && link.dataset.show === "") {
      event.preventDefault();
      close();
    } else if (link) {
      event.preventDefault();
      select(link.dataset.show, event.detail === 0 || !link.closest(".tt"));
    } else if (row && !event.target.closest("a, input, button")) {
      row.querySelector(".tt__show").focus({ preventScroll: true });
      select(row.dataset.query, false);
    }
  });

  column.addEventListener("focusin", (event) => {
    const row = rowOf(event.target);
    if (row) {
      rove(row);
    }
  });

  /* On a wide screen the selection follows the arrows; elsewhere it would cover what is walked through. */
  function step(link, by) {
    const all = links();
    const next = all[Math.min(Math.max(all.indexOf(link) + by, 0), all.length - 1)];
    next.focus();
    if (window.matchMedia(WIDE).matches) {
      clearTimeout(waiting);
      waiting = setTimeout(() => select(next.dataset.show, false), 120);
    }
  }

  function stepField(field, by) {
    const all = [...grid().querySelectorAll(`.tt__input[name=${field.name}]`)];
    const next = all[all.indexOf(field) + by];
    if (next) {
      next.focus();
      next.select();
    } else {
      field.blur();
      field.focus();
    }
  }

  function moveStop(stop, by) {
    const stops = [...column.querySelectorAll(".stop")];
    const position = stops.indexOf(stop) + by;
    if (position >= 0 && position < stops.length) {
      editor.move(stop.dataset.stop, position);
    }
  }

  function remove(stop) {
    const near = stop.nextElementSibling?.querySelector("[data-number]") || stop.previousElementSibling?.querySelector("a");
    editor.edit("remove", { stop: stop.dataset.stop }).then(() => document.getElementById(near?.id)?.focus());
  }

  function onLink(event, link, by) {
    const stop = link.dataset.number && link.closest(".stop");
    if (by && event.altKey && link.closest(".stop")) {
      moveStop(link.closest(".stop"), by);
    } else if (by && !event.altKey) {
      step(link, by);
    } else if (event.key === "Home" || event.key === "End") {
      step(link, event.key === "Home" ? -Infinity : Infinity);
    } else if (event.key === "Delete" && stop) {
      remove(stop);
    } else {
      return;
    }
    event.preventDefault();
  }

  column.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key] || 0;
    const link = event.target.closest(".tt__show");
    const field = event.target.closest(".tt__input");
    if (link) {
      onLink(event, link, by);
    } else if (field && (by || event.key === "Enter")) {
      event.preventDefault();
      stepField(field, by || 1);
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && editor.selection() && document.getElementById("beside").hidden) {
      close();
    }
  });

  column.addEventListener("editor:updated", () => rove(document.activeElement.closest(".tt__row")));
  rove();
  return { select };
}
