/* Writes what is made of static/look.json, and joins the modules of each kind of page to one file, the styles
   of static/css/joined to one, and the workers: `npm run build`, as a part of setting up. Each joined file has
   its hash in its name and lies beside the same compressed.

   static/dist/manifest.json names the files, and the sources they were made from by a hash: where the
   sources have changed since, the service serves them as they lie (planner/web/frame/scripts.py). */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

import { build } from "esbuild";

import { kindsModule, styleSheet } from "./look.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const STATIC = join(HERE, "..");
const DIST = join(STATIC, "dist");
const TOKENS = join(STATIC, "css", "tokens.css");
const KINDS = join(HERE, "map", "kinds.js");
const SOURCES = [["js", ".js"], ["css", ".css"]];
/* The oldest browsers that pages are made for: nothing is rewritten for older ones. */
const BROWSERS = ["chrome123", "firefox120", "safari17.5"];
const COMMON = { absWorkingDir: STATIC, entryNames: "[name]-[hash]", outdir: DIST, bundle: true, minify: true,
  charset: "utf8", legalComments: "none", metafile: true };
/* Leaflet's pictures of markers and of its layers' button, of which a visit's map has none. */
const WITHOUT_PICTURES = { name: "without pictures", setup(builder) {
  builder.onResolve({ filter: /^images\// }, () => ({ path: "data:,", external: true }));
} };
/* Served as it came, under a name with its hash. */
const NAMED = ["vendor/leaflet/leaflet.js"];

function slashed(path) {
  return path.split(sep).join("/");
}

/* The paths of all sources below static/, sorted as Python sorts them. */
function sources() {
  return SOURCES.flatMap(([folder, ending]) => readdirSync(join(STATIC, folder), { recursive: true })
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}/${slashed(name)}`)).sort();
}

function hashOf(names) {
  const hash = createHash("sha256");
  for (const name of names) {
    hash.update(name).update("\0").update(readFileSync(join(STATIC, name))).update("\0");
  }
  return hash.digest("hex");
}

/* A file that says the same already keeps its time. */
function writeChanged(file, text) {
  if (!existsSync(file) || readFileSync(file, "utf8") !== text) {
    writeFileSync(file, text);
  }
}

function within(folder) {
  return sources().filter((name) => name.startsWith(`${folder}/`));
}

async function joined(entryPoints, options) {
  const made = await build({ ...COMMON, entryPoints, ...options });
  return Object.entries(made.metafile.outputs)
    .filter(([, { entryPoint }]) => entryPoint)
    .map(([file, { entryPoint }]) => [entryPoint, slashed(relative(DIST, join(STATIC, file)))]);
}

function named(source) {
  const content = readFileSync(join(STATIC, source));
  const file = basename(source).replace(/\.js$/, `-${createHash("sha256").update(content).digest("hex").slice(0, 8)}.js`);
  writeFileSync(join(DIST, file), content);
  return [source, file];
}

function pack(file) {
  const content = readFileSync(join(DIST, file));
  writeFileSync(join(DIST, `${file}.br`), brotliCompressSync(content));
  writeFileSync(join(DIST, `${file}.gz`), gzipSync(content, { level: 9 }));
}

const look = JSON.parse(readFileSync(join(STATIC, "look.json"), "utf8"));
writeChanged(TOKENS, styleSheet(readFileSync(TOKENS, "utf8"), look));
writeChanged(KINDS, kindsModule(look));

rmSync(DIST, { recursive: true, force: true });
mkdirSync(DIST);
const files = Object.fromEntries([
  ...await joined(within("js/pages"), { format: "esm", target: "es2022" }),
  ...await joined(within("js/workers"), { format: "iife", target: "es2022" }),
  ...await joined(within("css/joined"), { target: BROWSERS, plugins: [WITHOUT_PICTURES] }),
  ...NAMED.filter((source) => existsSync(join(STATIC, source))).map(named),
]);
Object.values(files).forEach(pack);
const text = JSON.stringify({ sources: hashOf(sources()), files }, null, 2);
writeFileSync(join(DIST, "manifest.new"), text + "\n");
renameSync(join(DIST, "manifest.new"), join(DIST, "manifest.json"));
