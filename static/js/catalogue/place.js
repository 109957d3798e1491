/* The place of a site: a click on the map fills in the position, a typed position moves the point. The same
   for the place where a coach stops, once its button is pressed. */
(function () {
  "use strict";

  const WAIT_MS = 250;
  const box = document.querySelector("[data-place]");
  if (!box || !window.visitMap) {
    return;
  }
  const map = window.visitMap.map;
  const position = box.querySelector("[name=position]");
  const quality = box.querySelector("[name=quality]");
  const error = box.querySelector("[name=error_m]");
  const problem = box.querySelector("[data-position-problem]");
  let pin = null;
  let circle = null;
  let timer = 0;
  let asked = null;

  function text(latLng) {
    const digits = (value) => value.toFixed(6).replace(/\.?0+$/, "");
    return digits(latLng.lat) + ", " + digits(latLng.lng);
  }

  function drawCircle() {
    if (circle) {
      circle.remove();
      circle = null;
    }
    const metres = Number(error.value.replace(",", "."));
    if (pin && metres > 0 && metres < 20000) {
      circle = L.circle(pin.getLatLng(), { radius: metres, className: "visit-area", interactive: false }).addTo(map);
    }
  }

  function drawPin(latLng) {
    if (pin) {
      pin.setLatLng(latLng);
    } else {
      const icon = L.divIcon({ className: "visit-stop site-pin", iconSize: [44, 44] });
      pin = L.marker(latLng, { icon, draggable: true, keyboard: false }).addTo(map);
      pin.getElement().append(Object.assign(document.createElement("span"), { className: "site-dot site-dot--ok" }));
      pin.on("dragend", () => place(pin.getLatLng()));
    }
    drawCircle();
  }

  function dropPin() {
    if (pin) {
      pin.remove();
      pin = null;
    }
    drawCircle();
  }

  /* A point set by hand on the map is near, to 100 m, until somebody says better. */
  function place(latLng) {
    position.value = text(latLng);
    say("");
    if (quality.value === "none") {
      quality.value = "near";
      error.value = "50";
    }
    drawPin(latLng);
    check();
  }

  function say(words) {
    problem.textContent = words;
    position.setAttribute("aria-invalid", words ? "true" : "false");
  }

  async function check() {
    if (asked) {
      asked.abort();
    }
    asked = new AbortController();
    const url = box.dataset.positionUrl + "?" + new URLSearchParams({ text: position.value });
    try {
      const answer = await fetch(url, { signal: asked.signal });
      const read = answer.ok && !answer.redirected ? await answer.json() : null;
      if (!read) {
        return;
      }
      say(read.problem);
      if (!read.at) {
        dropPin();
        return;
      }
      const latLng = L.latLng(read.at[1], read.at[0]);
      drawPin(latLng);
      if (!map.getBounds().pad(-0.1).contains(latLng)) {
        map.setView(latLng, Math.max(map.getZoom(), 15), { animate: false });
      }
    } catch (fault) {
      if (fault.name !== "AbortError") {
        say("");
      }
    }
  }

  /* Where a coach stops: a square beside the site's disc. */
  const dropOff = box.querySelector("[name=drop_off]");
  const dropButton = box.querySelector("[data-drop-off]");
  let square = null;

  function drawSquare(latLng) {
    if (square) {
      square.remove();
      square = null;
    }
    if (latLng) {
      const icon = L.divIcon({ className: "visit-stop site-pin", iconSize: [44, 44] });
      square = L.marker(latLng, { icon, draggable: true, keyboard: false }).addTo(map);
      square.getElement().append(Object.assign(document.createElement("span"), { className: "coach-square" }));
      square.on("dragend", () => stopAt(square.getLatLng()));
    }
  }

  function stopAt(latLng) {
    dropOff.value = text(latLng);
    dropOff.dispatchEvent(new Event("input", { bubbles: true }));
    drawSquare(latLng);
  }

  async function findSquare() {
    const typed = dropOff.value;
    const answer = await fetch(box.dataset.positionUrl + "?" + new URLSearchParams({ text: typed }));
    const read = answer.ok && !answer.redirected ? await answer.json() : null;
    if (read && typed === dropOff.value) {
      drawSquare(read.at && L.latLng(read.at[1], read.at[0]));
    }
  }

  function arm(isArmed) {
    dropButton.setAttribute("aria-pressed", String(isArmed));
  }

  dropButton.hidden = false;
  dropButton.addEventListener("click", () => arm(dropButton.getAttribute("aria-pressed") !== "true"));
  dropOff.addEventListener("change", () => findSquare().catch(() => drawSquare(null)));
  if (dropOff.value) {
    findSquare().catch(() => drawSquare(null));
  }

  map.on("click", (event) => {
    if (dropButton.getAttribute("aria-pressed") === "true") {
      stopAt(event.latlng);
      arm(false);
    } else {
      place(event.latlng);
    }
  });
  position.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(check, WAIT_MS);
  });
  position.addEventListener("change", () => {
    if (position.value.trim() && quality.value === "none") {
      quality.value = "near";
      error.value = error.value || "50";
      drawCircle();
    }
  });
  error.addEventListener("input", drawCircle);
  quality.addEventListener("change", () => {
    const usual = { exact: "30", near: "100", area: "300", none: "" };
    error.value = usual[quality.value];
    drawCircle();
  });
  if (box.dataset.lat) {
    drawPin(L.latLng(Number(box.dataset.lat), Number(box.dataset.lon)));
  }
})();
