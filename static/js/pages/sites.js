/* The list of sites beside their map. */
import { start as startList } from "../catalogue/list.js";
import { start as startMap } from "../catalogue/map.js";
import { onMap } from "../map/when.js";

export * from "../map/kit.js";

onMap(startMap);
startList();
