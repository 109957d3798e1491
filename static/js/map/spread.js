/* Stops that would cover one another are pushed apart; a thin line leads back to the true point. */
import { PANE } from "./look.js";

const ROOM = 33;
const ROUNDS = 80;
const SHOWN_FROM = 5;

/* The same points always give the same places: equal points start on a small ring, in their order. */
export function spreadPoints(points, room = ROOM) {
  const places = points.map((point, i) => {
    const twins = points.filter((other) => Math.hypot(other.x - point.x, other.y - point.y) < 0.5);
    const turn = (twins.indexOf(point) / twins.length) * 2 * Math.PI - Math.PI * (twins.length === 2 ? 1 : 0.5);
    const start = twins.length > 1 ? 1 : 0;
    return { x: point.x + start * Math.cos(turn) + i * 1e-3, y: point.y + start * Math.sin(turn) };
  });
  let round = 0;
  while (round < ROUNDS && pushApart(places, room)) {
    round += 1;
  }
  return places;
}

function pushApart(places, room) {
  let moved = false;
  for (let i = 0; i < places.length; i += 1) {
    for (let j = i + 1; j < places.length; j += 1) {
      const [a, b] = [places[i], places[j]];
      const gap = Math.hypot(b.x - a.x, b.y - a.y) || 1e-6;
      if (gap < room - 0.1) {
        const push = (room - gap) / 2 / gap;
        const [dx, dy] = [(b.x - a.x) * push, (b.y - a.y) * push];
        a.x -= dx;
        a.y -= dy;
        b.x += dx;
        b.y += dy;
        moved = true;
      }
    }
  }
  return moved;
}

/* Moves the markers of a group for the map's present zoom; `trueAt` of a marker never changes. */
export function spread(map, markers, leaders) {
  const points = markers.map((marker) => map.latLngToLayerPoint(marker.trueAt));
  const places = spreadPoints(points);
  leaders.clearLayers();
  markers.forEach((marker, i) => {
    const place = L.point(places[i].x, places[i].y);
    const away = place.distanceTo(points[i]);
    marker.setLatLng(away < 0.5 ? marker.trueAt : map.layerPointToLatLng(place));
    if (away >= SHOWN_FROM) {
      const look = { interactive: false, pane: PANE.leaders };
      leaders.addLayer(L.polyline([marker.trueAt, marker.getLatLng()], { ...look, className: "visit-leader" }));
      leaders.addLayer(L.circleMarker(marker.trueAt, { ...look, radius: 3, className: "visit-leader-end" }));
    }
  });
}
