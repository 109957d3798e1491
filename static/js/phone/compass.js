/* Distances and directions on the ground, and which way the phone is held. No page here but the last function. */

const EARTH_M = 6_371_000;
const radians = (degrees) => degrees * Math.PI / 180;

/* Metres between two positions [lat, lon]. */
export function metresBetween([lat, lon], [toLat, toLon]) {
  const half = Math.sin(radians(toLat - lat) / 2) ** 2
    + Math.cos(radians(lat)) * Math.cos(radians(toLat)) * Math.sin(radians(toLon - lon) / 2) ** 2;
  return 2 * EARTH_M * Math.asin(Math.sqrt(half));
}

/* The direction from one position to another in degrees, 0 for north, 90 for east. */
export function bearing([lat, lon], [toLat, toLon]) {
  const east = Math.sin(radians(toLon - lon)) * Math.cos(radians(toLat));
  const north = Math.cos(radians(lat)) * Math.sin(radians(toLat))
    - Math.sin(radians(lat)) * Math.cos(radians(toLat)) * Math.cos(radians(toLon - lon));
  return (Math.atan2(east, north) * 180 / Math.PI + 360) % 360;
}

/* The name of a direction, of names that go round from north by the right. */
export function directionName(degrees, names) {
  return names[Math.round(degrees / 360 * names.length) % names.length];
}

/* Where the upper edge of the phone points, of an event of its sensors; null where it does not tell. */
export function headingOf({ webkitCompassHeading, absolute, alpha }) {
  if (typeof webkitCompassHeading === "number") {
    return webkitCompassHeading;
  }
  return absolute && typeof alpha === "number" ? (360 - alpha) % 360 : null;
}

/* Calls back with the heading as the phone turns; iPhones ask first, and only after a tap. */
export async function followHeading(turned) {
  const sensor = window.DeviceOrientationEvent;
  if (!sensor || (sensor.requestPermission && await sensor.requestPermission().catch(() => "denied") !== "granted")) {
    return;
  }
  const hear = (event) => {
    const heading = headingOf(event);
    if (heading !== null) {
      turned(heading);
    }
  };
  window.addEventListener("deviceorientationabsolute", hear);
  window.addEventListener("deviceorientation", hear);
}
