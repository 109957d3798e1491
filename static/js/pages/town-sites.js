/* What OpenStreetMap knows of the town, on a list beside its map. */
import { start as startMap } from "../catalogue/map.js";
import { onMap } from "../map/when.js";
import { follow } from "../town/follow.js";

export * from "../map/kit.js";

onMap(startMap);
follow();
