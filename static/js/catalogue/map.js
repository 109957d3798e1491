/* Sites on a map that Folium rendered: thinned out, so that thousands stay quick.

   What is in sight is put into a grid of the screen; a cell with one site shows its dot, one with several
   a disc with their number. So the page holds as many markers as fit on it, never one for each site.

   window.sitesMap has
     show(sites)   replaces what the map shows: [{id, name, at: [lon, lat], lines, tone}]
     focus(id)     goes to a site and opens its popup; false if it is not on the map
   and the document hears `sitesmap:site` with {id} when a site is opened. */
(function () {
  "use strict";

  const CELL = 56;
  const CLOSE_ENOUGH = 17.5;
  const MARGIN = 0.1;

  function element(tag, className, text) {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = text;
    return made;
  }

  function popupOf(site, labels) {
    const box = element("div", "visit-popup__text", "");
    box.append(element("strong", "visit-popup__name", site.name));
    site.lines.forEach((line) => box.append(element("p", "visit-popup__line", line)));
    const row = document.querySelector(`[data-site="${CSS.escape(site.id)}"] .site-row__name`);
    const link = element("a", "sites-popup__link", labels.open);
    link.href = row ? row.href : labels.edit.replace("ID", encodeURIComponent(site.id));
    box.append(link);
    return box;
  }

  /* Groups of sites that would touch; at the deepest zooms only those at one place. */
  function grouped(map, sites) {
    const bounds = map.getBounds().pad(MARGIN);
    const cells = new Map();
    const size = map.getZoom() >= CLOSE_ENOUGH ? 20 : CELL;
    for (const site of sites) {
      if (bounds.contains(site.latLng)) {
        const point = map.project(site.latLng);
        const key = Math.floor(point.x / size) + ":" + Math.floor(point.y / size);
        cells.set(key, [...(cells.get(key) || []), site]);
      }
    }
    return Array.from(cells.values());
  }

  function middle(sites) {
    const sum = sites.reduce((at, site) => [at[0] + site.latLng.lat, at[1] + site.latLng.lng], [0, 0]);
    return L.latLng(sum[0] / sites.length, sum[1] / sites.length);
  }

  /* Leaflet lets Enter open bound popups only, so the keys are ours. */
  function marker(at, className, text, label, action) {
    const made = L.marker(at, { icon: L.divIcon({ className: "visit-stop", iconSize: [44, 44] }), title: label });
    made.on("add", () => {
      const icon = made.getElement();
      icon.replaceChildren(element("span", className, text));
      icon.setAttribute("role", "button");
      icon.setAttribute("aria-label", label);
      icon.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          action({ byKeys: true });
        }
      });
    });
    return made.on("click", () => action({ byKeys: false }));
  }

  function start(map, data) {
    const layer = L.layerGroup().addTo(map);
    const still = () => ({ animate: !window.visitMapKit.reducedMotion() });
    let sites = [];
    let openId = null;

    function open(site, { byKeys }) {
      const popup = L.popup({ ...window.visitMapKit.POPUP_OPTIONS, className: "visit-popup" })
        .setLatLng(site.latLng)
        .setContent(popupOf(site, data))
        .openOn(map);
      openId = site.id;
      const close = popup.getElement().querySelector(".leaflet-popup-close-button");
      close.setAttribute("aria-label", data.close);
      if (byKeys) {
        popup.getElement().querySelector("a.sites-popup__link").focus({ preventScroll: true });
      }
      document.dispatchEvent(new CustomEvent("sitesmap:site", { detail: { id: site.id } }));
    }

    function openGroup(group, how) {
      const bounds = L.latLngBounds(group.map((site) => site.latLng));
      const isOnePlace = map.project(bounds.getNorthWest()).distanceTo(map.project(bounds.getSouthEast())) < 1;
      if (!isOnePlace && map.getZoom() < map.getMaxZoom()) {
        map.fitBounds(bounds, { padding: [60, 60], maxZoom: map.getMaxZoom(), ...still() });
        return;
      }
      const next = group.findIndex((site) => site.id === openId) + 1;
      open(group[next % group.length], how);
    }

    function single(site) {
      const tone = site.tone === "ok" ? "ok" : "warn";
      return marker(site.latLng, "site-dot site-dot--" + tone, "", site.name, (how) => open(site, how));
    }

    function crowd(group) {
      const label = group.length + " " + data.many + ": " + group.slice(0, 3).map((site) => site.name).join(", ");
      return marker(middle(group), "visit-stop__disc", String(group.length), label, (how) => openGroup(group, how));
    }

    function draw() {
      const focused = document.activeElement && document.activeElement.classList.contains("visit-stop");
      layer.clearLayers();
      for (const group of grouped(map, sites)) {
        layer.addLayer(group.length === 1 ? single(group[0]) : crowd(group));
      }
      if (focused) {
        map.getContainer().focus({ preventScroll: true });
      }
    }

    function show(next) {
      sites = next.map((site) => ({ ...site, latLng: L.latLng(site.at[1], site.at[0]) }));
      if (!sites.some((site) => site.id === openId)) {
        map.closePopup();
      }
      draw();
    }

    function focus(id) {
      const site = sites.find((one) => one.id === id);
      if (site) {
        map.setView(site.latLng, Math.max(map.getZoom(), 16), still());
        open(site, { byKeys: false });
      }
      return Boolean(site);
    }

    map.on("moveend", draw);
    map.on("popupclose", (event) => {
      openId = null;
      if (event.popup.getElement() && event.popup.getElement().contains(document.activeElement)) {
        map.getContainer().focus({ preventScroll: true });
      }
    });
    return { show, focus };
  }

  const list = document.querySelector("#sites-results");
  if (list && window.visitMap) {
    const words = document.querySelector("[data-map-words]").dataset;
    window.sitesMap = start(window.visitMap.map, { open: words.open, many: words.many, close: words.close, edit: words.edit });
    window.sitesMap.show(JSON.parse(document.querySelector("#sites-markers").textContent));
  }
})();
