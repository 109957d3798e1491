/* Writes what is made of static/look.json, and joins the modules of each kind of page to one file:
   `npm run build`, as a part of setting up.

   static/dist/manifest.json names the files, and the sources they were made from by a hash: where the
   sources have changed since, the service serves them as they lie (planner/web/frame/scripts.py). */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

import { kindsModule, styleSheet } from "./look.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const DIST = join(HERE, "..", "dist");
const TOKENS = join(HERE, "..", "css", "tokens.css");
const KINDS = join(HERE, "map", "kinds.js");

function sources() {
  const files = readdirSync(HERE, { recursive: true }).map((name) => name.split(sep).join("/"));
  return files.filter((name) => name.endsWith(".js")).sort();
}

function hashOf(names) {
  const hash = createHash("sha256");
  for (const name of names) {
    hash.update(name).update("\0").update(readFileSync(join(HERE, name))).update("\0");
  }
  return hash.digest("hex");
}

/* A file that says the same already keeps its time. */
function writeChanged(file, text) {
  if (!existsSync(file) || readFileSync(file, "utf8") !== text) {
    writeFileSync(file, text);
  }
}

const look = JSON.parse(readFileSync(join(HERE, "..", "look.json"), "utf8"));
writeChanged(TOKENS, styleSheet(readFileSync(TOKENS, "utf8"), look));
writeChanged(KINDS, kindsModule(look));

const pages = sources().filter((name) => name.startsWith("pages/"));
rmSync(DIST, { recursive: true, force: true });
mkdirSync(DIST);
const made = await build({
  absWorkingDir: HERE,
  entryPoints: pages,
  entryNames: "[name]-[hash]",
  outdir: DIST,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  metafile: true,
});
const outputs = Object.entries(made.metafile.outputs).filter(([, { entryPoint }]) => entryPoint);
const files = Object.fromEntries(outputs.map(
  ([file, { entryPoint }]) => [basename(entryPoint, ".js"), relative(DIST, join(HERE, file)).split(sep).join("/")],
));
const text = JSON.stringify({ sources: hashOf(sources()), files }, null, 2);
writeFileSync(join(DIST, "manifest.new"), text + "\n");
renameSync(join(DIST, "manifest.new"), join(DIST, "manifest.json"));
