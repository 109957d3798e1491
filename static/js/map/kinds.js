/* Made from static/look.json by `npm run build`: change that file. */

/* What a drawn feature is, in drawing order. */
export const KIND = {
  SEA: 0,
  GREEN: 1,
  WATER: 2,
  SQUARE: 3,
  BUILDING: 4,
  WATERWAY: 5,
  RAIL: 6,
  PATH: 7,
  STEPS: 8,
  SERVICE: 9,
  MINOR: 10,
  MEDIUM: 11,
  MAJOR: 12,
};

/* The colour of each kind, by its number. */
export const TINTS = ["water", "green", "water", "square", "building", "waterway", "rail", "path", "path", "street", "street", "street", "street"];

/* The page's tokens --map-... */
export const MAP_COLOURS = ["land", "street", "casing", "water", "waterway", "green", "square", "building", "rail", "path", "label", "route"];

export const MODES = ["walk", "bus", "coach", "ride"];
export const PARTIES = ["a", "b", "c", "d", "e", "f"];
export const TONES = ["ok", "warn", "fail"];
