/* A map inside a page that scrolls: it takes one finger or the wheel only after it was touched on purpose.

   Two fingers always move and zoom it; Ctrl and the wheel always zoom it. A tap or click wakes it;
   a touch elsewhere, Escape or scrolling it out of sight lets it sleep again. */
(function (kit) {
  "use strict";

  const HINT_MS = 1600;
  const IN_SIGHT = 0.2;

  function hintOf(container) {
    const hint = document.createElement("div");
    hint.className = "visit-hint";
    hint.setAttribute("aria-hidden", "true");
    container.append(hint);
    let timer = 0;
    return function show(text) {
      hint.textContent = text;
      hint.classList.add("visit-hint--on");
      clearTimeout(timer);
      timer = setTimeout(() => hint.classList.remove("visit-hint--on"), HINT_MS);
    };
  }

  kit.gestures = function (map, labels) {
    const container = map.getContainer();
    const hint = hintOf(container);
    let isAwake = false;
    let start = null;

    function wake(isOn) {
      isAwake = isOn;
      container.classList.toggle("visit-map--asleep", !isOn);
      if (isOn) {
        map.dragging.enable();
      }
    }

    function onPointerDown(event) {
      if (event.pointerType !== "touch") {
        map.dragging.enable();
        wake(true);
      } else if (!isAwake) {
        map.dragging.disable();
        start = { x: event.clientX, y: event.clientY };
      }
    }

    function onTouchMove(event) {
      const touch = event.touches[0];
      if (isAwake || event.touches.length > 1 || !start) {
        return;
      }
      if (Math.hypot(touch.clientX - start.x, touch.clientY - start.y) > 12) {
        hint(labels.touch_hint);
      }
    }

    function onWheel(event) {
      if (!isAwake && !event.ctrlKey && !event.metaKey) {
        event.stopImmediatePropagation();
        hint(labels.wheel_hint);
      }
    }

    function onOutside(event) {
      if (!container.contains(event.target)) {
        wake(false);
      }
    }

    container.addEventListener("pointerdown", onPointerDown, { capture: true });
    container.addEventListener("touchmove", onTouchMove, { capture: true, passive: true });
    container.addEventListener("wheel", onWheel, { capture: true, passive: true });
    container.addEventListener("keydown", (event) => event.key === "Escape" && wake(false));
    document.addEventListener("pointerdown", onOutside);
    map.on("click", () => wake(true));
    const sight = ([entry]) => entry.intersectionRatio < IN_SIGHT && wake(false);
    new IntersectionObserver(sight, { threshold: IN_SIGHT }).observe(container);
    wake(false);
  };
})((window.visitMapKit = window.visitMapKit || {}));
