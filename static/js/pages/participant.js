/* A visit by its secret link: the map alone. */

export * from "../map/kit.js";
