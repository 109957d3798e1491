/* The map of a visit behind a secret link: what the script that Folium renders calls, and what leads to it. */
import { ownPosition } from "../phone/position.js";
import { tapToMap } from "../phone/there.js";

export * from "../map/kit.js";

tapToMap();
ownPosition();
