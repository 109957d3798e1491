/* The editor's map: follows the timetable, and takes the next stop: a site by its dot, a place by a click. */

export function start(view, editor) {
  const column = document.getElementById("column");
  if (!column) {
    return;
  }
  const map = view.map;
  const { sites, words } = JSON.parse(document.getElementById("catalogue-dots").textContent);
  const STILL = { keepInView: false, autoPanPadding: [20, 20], className: "visit-popup" };
  const used = new Map();

  function popup(title, button, act) {
    const box = document.createElement("div");
    box.className = "pick";
    const name = typeof title === "string" ? document.createElement("strong") : title;
    if (typeof title === "string") {
      name.textContent = title;
    }
    const add = document.createElement("button");
    add.type = "button";
    add.className = "button button--small";
    add.textContent = button;
    add.addEventListener("click", () => {
      map.closePopup();
      act();
    });
    box.append(name, add);
    return box;
  }

  function dot(site) {
    const marker = L.circleMarker([site.at[1], site.at[0]], { radius: 7, className: "catalogue-dot", bubblingMouseEvents: false });
    marker.bindTooltip(document.createTextNode(site.name).textContent.replace(/[&<>]/g, (c) => `&#${c.charCodeAt(0)};`));
    marker.on("click", () => {
      L.popup(STILL).setLatLng(marker.getLatLng())
        .setContent(popup(site.name, words.add, () => editor.addSite(site.id))).openOn(map);
    });
    return marker;
  }

  const dots = L.featureGroup(sites.map(dot)).addTo(map);
  dots.bringToBack();

  map.on("click", (event) => {
    if (column.querySelector("#party-stops")) {
      return; // a party's day is only read
    }
    const field = document.createElement("input");
    field.setAttribute("aria-label", words.name);
    field.placeholder = words.name;
    field.maxLength = 200;
    const { lat, lng } = event.latlng;
    const box = popup(field, words.place, () => editor.addPlace(field.value, `${lat.toFixed(6)}, ${lng.toFixed(6)}`));
    L.popup(STILL).setLatLng(event.latlng).setContent(box).openOn(map);
    field.focus({ preventScroll: true });
    field.addEventListener("keydown", (key) => {
      if (key.key === "Enter") {
        box.querySelector("button").click();
      }
    });
  });

  function everything() {
    const bounds = L.latLngBounds([]);
    for (const line of used.get("legs") || []) {
      line.geometry.forEach(([lon, lat]) => bounds.extend([lat, lon]));
    }
    for (const stop of used.get("stops") || []) {
      bounds.extend([stop.at[1], stop.at[0]]);
    }
    return bounds;
  }

  const whole = L.control({ position: "topright" });
  function showEverything() {
    const bounds = everything();
    if (bounds.isValid()) {
      map.fitBounds(bounds, { padding: [40, 40], maxZoom: 17 });
    }
  }

  whole.onAdd = function () {
    const box = L.DomUtil.create("div", "leaflet-bar show-all");
    const button = L.DomUtil.create("button", "button button--quiet button--small", box);
    button.type = "button";
    button.textContent = words.all;
    L.DomEvent.disableClickPropagation(box);
    button.addEventListener("click", showEverything);
    return box;
  };
  whole.addTo(map);

  function remember(state) {
    used.set("stops", state.stops);
    used.set("legs", state.legs);
  }

  remember(JSON.parse(document.getElementById("map-state").textContent));
  let waiting = null;

  function draw() {
    const { state, isOtherDay } = waiting;
    waiting = null;
    view.update(state);
    dots.bringToBack();
    if (isOtherDay) {
      showEverything();
    }
  }

  /* The new times are painted first, the map after them. */
  column.addEventListener("editor:updated", (event) => {
    const { state, isOtherDay } = event.detail;
    remember(state);
    if (!waiting) {
      requestAnimationFrame(() => setTimeout(draw));
    }
    waiting = { state, isOtherDay: isOtherDay || Boolean(waiting?.isOtherDay) };
  });
}
