/* Style sheet and script of what static/look.json says: its colours, and the kinds that maps tell apart.
   Python reads the same file (planner/outputs/look.py). Both texts are kept in the repository, so that pages
   run without this step; tests/js/look.test.js holds them to the file. */

const MADE = "Made from static/look.json by `npm run build`: change that file.";
const BEGIN = `/* ${MADE} */`;
const END = "/* Made until here. */";

function rule(selector, lines, indent = "") {
  return [`${indent}${selector} {`, ...lines.map((line) => line && `${indent}  ${line}`), `${indent}}`];
}

function of(colours, value) {
  return Object.entries(colours).map(([name, colour]) => [name, value(colour)])
    .filter(([, found]) => found).map(([name, found]) => `--${name}: ${found};`);
}

/* The colours of every theme. A browser that does not know light-dark() has the light ones. */
export function colourRules({ colours }) {
  const both = of(colours, ({ light, dark }) => `light-dark(${light}, ${dark})`);
  return [
    BEGIN, "",
    ...rule(":root", ["color-scheme: light;", "", ...of(colours, ({ light }) => light)]), "",
    "@supports (color: light-dark(#ffffff, #000000)) {",
    ...rule(":root", ["color-scheme: light dark;", "", ...both], "  "), "",
    ...rule(':root:is([data-theme="light"], [data-theme="sun"])', ["color-scheme: light;"], "  "),
    ...rule(':root[data-theme="dark"]', ["color-scheme: dark;"], "  "),
    "}", "",
    ...rule(':root[data-theme="sun"]', of(colours, ({ sun }) => sun)), "",
    "@media print {",
    ...rule(":root, :root[data-theme]", ["color-scheme: light;", "", ...of(colours, ({ print }) => print)], "  "),
    "}",
    END,
  ].join("\n");
}

/* The style sheet with the colours' rules as they are now. */
export function styleSheet(text, look) {
  const [before, rest] = text.split(BEGIN);
  return before + colourRules(look) + rest.split(END)[1];
}

export function kindsModule({ colours, kinds, order, labels, marks, modes, parties, tones }) {
  const drawn = Object.keys(colours).filter((name) => name.startsWith("map-")).map((name) => name.slice(4));
  const numbered = kinds.map(({ name }, number) => `  ${name}: ${number},`);
  const named = (name, values) => `export const ${name} = ${JSON.stringify(values).replaceAll(",", ", ")};`;
  const listed = (name, rows) => [
    `export const ${name} = [`, ...rows.map((row) => `  ${JSON.stringify(row)},`), "];",
  ].join("\n");
  return [
    BEGIN, "",
    "/* What a drawn feature is. */",
    "export const KIND = {", ...numbered, "};", "",
    "/* How each kind looks, by its number: colour, first zoom, widths at zooms 13 to 19, its names. */",
    listed("LOOKS", kinds), "",
    "/* What is painted after what, and in which order names get room. */",
    listed("ORDER", order), listed("LABELS", labels), "",
    "/* The marks that are points: first zoom, that of their names, their shape around 0,0. */",
    listed("MARKS", marks), "",
    "/* The page's tokens --map-... */",
    named("MAP_COLOURS", drawn), "",
    named("MODES", modes), named("PARTIES", parties), named("TONES", tones), "",
  ].join("\n");
}
