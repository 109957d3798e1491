/* A visit by its secret link: the map, and the way to a stop in the phone's own navigation. */
import { ownNavigation } from "../navigation.js";

export * from "../map/kit.js";

ownNavigation(document);
