/* The day's strip: the end of a stay is dragged, or moved by the arrows once it has the focus, five minutes at
   a time. What is sent is how long one stays, as if it had been typed. */

const STEP_MIN = 5;
const MOST_MIN = 720;
const PAUSE_MS = 350;

export function start(editor) {
  const column = document.getElementById("column");
  let wished = null;
  let waiting = 0;

  function minutesOf(edge) {
    return wished && wished.stop === edge.dataset.edge ? wished.minutes : Number(edge.dataset.minutes);
  }

  /* Shown at once, before the new times are there. */
  function show(edge, minutes) {
    const perMin = Number(edge.ownerSVGElement.dataset.perMin) * Number(edge.dataset.scale);
    const shift = (minutes - Number(edge.dataset.minutes)) * perMin;
    const bar = edge.ownerSVGElement.querySelector(`[data-show="stop=${CSS.escape(edge.dataset.edge)}"] .strip__bar`);
    bar.dataset.wide ??= bar.getAttribute("width");
    bar.setAttribute("width", Math.max(2, Number(bar.dataset.wide) + shift));
    edge.setAttribute("transform", `translate(${shift} 0)`);
    tell(edge, minutes);
  }

  function tell(edge, minutes) {
    edge.setAttribute("aria-valuenow", minutes);
    edge.setAttribute("aria-valuetext", `${minutes} min`);
    const field = document.getElementById(`minutes-${edge.dataset.edge}`);
    if (field) {
      field.value = minutes;
      field.defaultValue = minutes;
    }
  }

  function clamped(minutes) {
    return Math.min(Math.max(Math.round(minutes / STEP_MIN) * STEP_MIN, 0), MOST_MIN);
  }

  function send() {
    clearTimeout(waiting);
    const { stop, minutes } = wished;
    editor.edit("dwell", { stop, dwell_min: String(minutes) }).finally(() => {
      if (wished && wished.stop === stop && wished.minutes === minutes) {
        wished = null;
      }
    });
  }

  column.addEventListener("keydown", (event) => {
    const edge = event.target.closest("[data-edge]");
    const by = { ArrowDown: -1, ArrowLeft: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
    if (!edge || !by) {
      return;
    }
    event.preventDefault();
    const now = minutesOf(edge);
    const next = by > 0 ? Math.floor(now / STEP_MIN) + 1 : Math.ceil(now / STEP_MIN) - 1;
    wished = { stop: edge.dataset.edge, minutes: clamped(next * STEP_MIN) };
    show(edge, wished.minutes);
    clearTimeout(waiting);
    waiting = setTimeout(send, PAUSE_MS);
  });

  column.addEventListener("pointerdown", (event) => {
    const edge = event.target.closest("[data-edge]");
    if (!edge) {
      return;
    }
    event.preventDefault();
    edge.focus({ preventScroll: true });
    edge.setPointerCapture(event.pointerId);
    const from = event.clientX;
    const svg = edge.ownerSVGElement;
    const perPixel = svg.viewBox.baseVal.width / svg.getBoundingClientRect().width
      / Number(svg.dataset.perMin) / Number(edge.dataset.scale);

    function move(to) {
      const minutes = clamped(Number(edge.dataset.minutes) + (to.clientX - from) * perPixel);
      wished = { stop: edge.dataset.edge, minutes };
      show(edge, minutes);
    }

    edge.addEventListener("pointermove", move);
    edge.addEventListener("lostpointercapture", () => {
      edge.removeEventListener("pointermove", move);
      if (wished && wished.minutes !== Number(edge.dataset.minutes)) {
        send();
      }
    }, { once: true });
  });

  /* Without this script an edge is only drawn. */
  function begin() {
    for (const edge of column.querySelectorAll("[data-edge]:not([role])")) {
      edge.setAttribute("role", "slider");
      edge.setAttribute("tabindex", "0");
      edge.setAttribute("aria-valuemin", "0");
      edge.setAttribute("aria-valuemax", String(MOST_MIN));
      edge.setAttribute("aria-valuenow", edge.dataset.minutes);
      edge.setAttribute("aria-valuetext", `${edge.dataset.minutes} min`);
    }
  }

  column.addEventListener("editor:updated", begin);
  begin();
}
