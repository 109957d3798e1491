/* Brings a map that Folium rendered to life, and keeps it up to date.

   window.visitMaps[id] (and window.visitMap, the page's first) has
     update({stops, legs, halts})  draws a new state in the shape of the first, keeping position and zoom
     focusStop(number)      shows a stop and opens its popup
   and the map's element tells of `visitmap:stop` with {number, name} when a stop is opened. */
(function (kit) {
  "use strict";

  kit.PANE = {
    areas: "visit-areas", casings: "visit-casings", cores: "visit-cores", hits: "visit-hits", leaders: "visit-leaders",
  };
  kit.STOP_ICON = { className: "visit-stop", iconSize: [44, 44] };
  kit.POPUP_OPTIONS = { maxWidth: 270, minWidth: 120, autoPanPadding: [16, 16], offset: [0, -14], className: "visit-popup" };
  const Z_INDEX = { areas: 350, casings: 390, cores: 420, hits: 440, leaders: 460 };

  function createPanes(map) {
    for (const [key, name] of Object.entries(kit.PANE)) {
      map.createPane(name).style.zIndex = String(Z_INDEX[key]);
    }
  }

  function group(map) {
    return L.featureGroup().addTo(map);
  }

  function dress(view, stops, legs, halts) {
    view.legs.getLayers().forEach((line, i) => kit.dressLeg(view, line, legs[i]));
    view.stops.getLayers().forEach((marker, i) => kit.dressStop(view, marker, stops[i]));
    kit.dressHalts(view, halts);
    arrange(view);
    view.legend.show(legs, halts);
    if (view.background) {
      view.background.redraw();
    }
  }

  /* What depends on the zoom. */
  function arrange(view) {
    kit.spread(view.map, view.stops.getLayers(), view.leaders);
    kit.drawChevrons(view);
    kit.showHalts(view);
  }

  function keptClear(view) {
    return {
      points: view.stops.getLayers().map((marker) => marker.getLatLng()),
      lines: view.legs.getLayers().map((line) => line.getLatLngs()),
    };
  }

  function update(view, { stops, legs, halts = [] }) {
    const open = view.stops.getLayers().find((marker) => marker.isPopupOpen());
    const number = open && open.stop.number;
    for (const layers of [view.stops, view.legs, view.areas, view.casings, view.cores, view.hits, view.halts]) {
      layers.clearLayers();
    }
    legs.forEach((leg) => view.legs.addLayer(kit.bareLeg(leg)));
    stops.forEach((stop) => view.stops.addLayer(kit.bareStop(stop)));
    dress(view, stops, legs, halts);
    const again = view.stops.getLayers().find((marker) => marker.stop.number === number);
    if (again) {
      again.getPopup().options.autoPan = false;
      again.openPopup();
      again.getPopup().options.autoPan = true;
    }
  }

  function focusStop(view, number) {
    const marker = view.stops.getLayers().find((one) => String(one.stop.number) === String(number));
    if (marker) {
      view.map.panInside(marker.getLatLng(), { padding: [60, 60], animate: !kit.reducedMotion() });
      marker.openPopup();
    }
    return Boolean(marker);
  }

  function onEscape(view, event) {
    if (event.key !== "Escape") {
      return;
    }
    view.map.closePopup();
    if (view.returnTo && view.returnTo.getElement()) {
      view.returnTo.getElement().focus({ preventScroll: true });
    }
    view.returnTo = null;
  }

  /* The source of the data, always readable; `others` are further sources, as text. */
  kit.credit = function (map, { text, url, others }) {
    const control = L.control({ position: "bottomright" });
    control.onAdd = function () {
      const box = L.DomUtil.create("div", "leaflet-control-attribution visit-credit");
      const link = document.createElement(url ? "a" : "span");
      link.textContent = text;
      if (url) {
        Object.assign(link, { href: url, rel: "noopener", target: "_blank" });
      }
      box.append(link, others ? " · " + others : "");
      L.DomEvent.disableClickPropagation(box);
      return box;
    };
    control.addTo(map);
    keepOff(map, control.getContainer());
    return control;
  };

  /* A long credit lifts scale and legend above itself. */
  function keepOff(map, box) {
    const corner = map.getContainer().querySelector(".leaflet-bottom.leaflet-left");
    const lift = () => {
      const isWide = box.offsetWidth + corner.offsetWidth > map.getSize().x;
      corner.style.bottom = isWide ? box.offsetHeight + "px" : "";
    };
    new ResizeObserver(lift).observe(box);
    new ResizeObserver(lift).observe(corner);
    map.on("resize", lift);
  }

  /* Shown at once, without a flight that would swallow a first pinch. */
  function fit(map, bounds) {
    map.stop();
    map.fitBounds(bounds.map(([lon, lat]) => [lat, lon]), { padding: [36, 36], maxZoom: 17, animate: false });
  }

  /* A map that was hidden when the page came is fitted when it gets its first size. */
  function followSize(map, bounds) {
    let isFitted = map.getSize().x > 0 && map.getSize().y > 0;
    new ResizeObserver(() => {
      map.invalidateSize({ pan: false });
      if (!isFitted && map.getSize().x > 0 && map.getSize().y > 0) {
        isFitted = true;
        fit(map, bounds);
      }
    }).observe(map.getContainer());
  }

  function describe(map, { language, labels }) {
    const container = map.getContainer();
    container.classList.add("visit-map");
    container.lang = language;
    container.setAttribute("role", "region");
    container.setAttribute("aria-label", labels.map);
    L.control.zoom({ position: "topright", zoomInTitle: labels.zoom_in, zoomOutTitle: labels.zoom_out }).addTo(map);
    L.control.scale({ position: "bottomleft", imperial: false }).addTo(map);
  }

  /* Called once by the script that Folium renders. */
  kit.adopt = function (map, layers, data) {
    createPanes(map);
    describe(map, data);
    const view = { map, labels: data.labels, background: layers.background, returnTo: null };
    view.legend = kit.legend(map, data.labels);
    for (const name of ["areas", "casings", "cores", "arrows", "hits", "halts", "leaders"]) {
      view[name] = group(map);
    }
    view.stops = layers.stops;
    view.legs = layers.legs;
    dress(view, data.stops, data.legs, data.halts || []);
    if (view.background) {
      view.background.keepClearOf(() => keptClear(view));
    }
    map.on("zoomend viewreset", () => arrange(view));
    map.getContainer().addEventListener("keydown", (event) => onEscape(view, event));
    kit.gestures(map, data.labels);
    fit(map, data.bounds);
    followSize(map, data.bounds);
    const api = { map, update: (state) => update(view, state), focusStop: (number) => focusStop(view, number) };
    window.visitMaps = window.visitMaps || {};
    window.visitMaps[map.getContainer().id] = api;
    window.visitMap = window.visitMap || api;
    return api;
  };
})((window.visitMapKit = window.visitMapKit || {}));
