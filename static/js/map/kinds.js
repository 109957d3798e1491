/* Made from static/look.json by `npm run build`: change that file. */

/* What a drawn feature is. */
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
  WOOD: 13,
  PLATFORM: 14,
  BUILT_UP: 15,
  RIVER: 16,
};

/* How each kind looks, by its number: colour, first zoom, widths at zooms 13 to 19, its names. */
export const LOOKS = [
  {"name":"SEA","colour":"water","from":0},
  {"name":"GREEN","colour":"green","from":0,"label":{"from":14.8,"size":10.5,"colour":"green-label"}},
  {"name":"WATER","colour":"water","from":0,"label":{"from":14.2,"size":10.5,"colour":"water-label"}},
  {"name":"SQUARE","colour":"square","from":14.5,"label":{"from":15.2,"size":10.5}},
  {"name":"BUILDING","colour":"building","from":15.3},
  {"name":"WATERWAY","colour":"waterway","from":0,"widths":[1.2,1.6,2.2,3.2,5,8,13],"label":{"from":14.4,"size":10.5,"colour":"water-label"}},
  {"name":"RAIL","colour":"rail","from":0,"widths":[0.8,0.9,1,1.2,1.5,1.9,2.4]},
  {"name":"PATH","colour":"path","from":15,"widths":[0,0,0.8,1,1.3,1.7,2.2],"label":{"from":16.8,"size":10}},
  {"name":"STEPS","colour":"path","from":15,"widths":[0,0,1.6,2.6,4,6,9],"label":{"from":16.6,"size":10}},
  {"name":"SERVICE","colour":"street","from":14.8,"widths":[0,0,1.3,2.4,4.4,8,13],"label":{"from":16.6,"size":10}},
  {"name":"MINOR","colour":"street","from":12.8,"widths":[0.9,1.7,3.2,5.4,9,15,25],"label":{"from":15,"size":10.5}},
  {"name":"MEDIUM","colour":"street","from":0,"widths":[1.9,2.9,4.4,7,11.5,18,30],"label":{"from":14.3,"size":11.5}},
  {"name":"MAJOR","colour":"street","from":0,"widths":[2.6,3.8,5.4,8,12.5,19,32],"label":{"from":13.8,"size":11.5}},
  {"name":"WOOD","colour":"wood","from":0,"label":{"from":14.2,"size":10.5,"colour":"green-label"}},
  {"name":"PLATFORM","colour":"platform","from":14.5},
  {"name":"BUILT_UP","colour":"built-up","from":0},
  {"name":"RIVER","colour":"water","from":0,"widths":[7,13,24,42,70,110,160],"label":{"from":13,"size":11.5,"colour":"water-label"}},
];

/* What is painted after what, and in which order names get room. */
export const ORDER = [
  "SEA",
  "BUILT_UP",
  "GREEN",
  "WOOD",
  "WATER",
  "RIVER",
  "PLATFORM",
  "SQUARE",
  "BUILDING",
  "WATERWAY",
  "PATH",
  "STEPS",
  "casing:SERVICE",
  "casing:MINOR",
  "casing:MEDIUM",
  "casing:MAJOR",
  "SERVICE",
  "MINOR",
  "MEDIUM",
  "MAJOR",
  "RAIL",
  "ties:RAIL",
];
export const LABELS = [
  "RIVER",
  "SQUARE",
  "WATER",
  "WOOD",
  "GREEN",
  "MAJOR",
  "MEDIUM",
  "WATERWAY",
  "MINOR",
  "SERVICE",
  "STEPS",
  "PATH",
];

/* The marks that are points: first zoom, that of their names, their shape around 0,0. */
export const MARKS = [
  {"name":"quarter","from":0,"until":15.6,"label":13,"size":12.5},
  {"name":"station","from":13,"label":14,"size":11,"path":"M-4.5-4.5H4.5V4.5H-4.5ZM-2-2V1H2V-2ZM-2 2.2H-.8V3.4H-2ZM.8 2.2H2V3.4H.8Z"},
  {"name":"church","from":14.6,"label":16,"size":10,"path":"M-1-5H1V-2.4H3.6V-.4H1V5H-1V-.4H-3.6V-2.4H-1Z"},
  {"name":"castle","from":14.6,"label":15.6,"size":10,"path":"M-5 4.5V-4.5H-3V-2.5H-1V-4.5H1V-2.5H3V-4.5H5V4.5H1.4V1H-1.4V4.5Z"},
  {"name":"hall","from":15.2,"label":16,"size":10,"path":"M0-5 5-2V-.8H-5V-2ZM-4 0H-2.6V3H-4ZM-.7 0H.7V3H-.7ZM2.6 0H4V3H2.6ZM-5 3.6H5V5H-5Z"},
  {"name":"monument","from":15.6,"label":16.8,"size":10,"path":"M0-5 1.6-3 1.1 2.6H2.8V4.8H-2.8V2.6H-1.1L-1.6-3Z"},
  {"name":"fountain","from":16,"label":17,"size":10,"path":"M0-5C2.4-1.6 3.4 0 3.4 1.6A3.4 3.4 0 0 1-3.4 1.6C-3.4 0-2.4-1.6 0-5Z"},
  {"name":"other","from":16.6,"label":17.2,"size":9.5,"path":"M0-2.6 2.6 0 0 2.6-2.6 0Z"},
  {"name":"toilets","from":15.8,"label":99,"size":10,"path":"M-6-4.5H6V4.5H-6ZM-4.6-2.6-3.2 2.6H-2.2L-1.6.4-1 2.6H0L1-2.6H0L-.5.2-1.1-2.6H-2.1L-2.7.2-3.4-2.6ZM4.9-1.2C4.6-3.2 1.2-3.2 1.2 0S4.6 3.2 4.9 1.2H3.8C3.6 2 2.4 2 2.4 0S3.6-2 3.8-1.2Z"},
  {"name":"drinking_water","from":15.8,"label":99,"size":10,"path":"M-3.6-4.5H3.6L2.6 4.5H-2.6ZM-2.4-3.3-1.6 3.3H1.6L1.9.4H-1.9L-1.9-3.3Z"},
  {"name":"square","from":15.2,"label":15.2,"size":10.5},
  {"name":"house_number","from":17.4,"label":17.4,"size":9},
];

/* The page's tokens --map-... */
export const MAP_COLOURS = ["land", "street", "casing", "water", "waterway", "green", "wood", "square", "platform", "built-up", "building", "rail", "path", "label", "mark", "water-label", "green-label", "route"];

export const MODES = ["walk", "bus", "coach", "ride"];
export const PARTIES = ["a", "b", "c", "d", "e", "f"];
export const TONES = ["ok", "warn", "fail"];
