/* A copy of a link's pages: every entry of the list fetched, stored, and read back before anybody relies on it. */
import { hashOf } from "./marks.js";

const KEPT_HEADERS = ["Content-Type", "Content-Security-Policy", "Referrer-Policy", "X-Content-Type-Options",
  "Content-Disposition", "Visit-Link"];

async function isWhole(cacheName, { url, hash }) {
  const kept = await caches.match(url, { cacheName });
  return Boolean(kept) && await hashOf(await kept.arrayBuffer()) === hash;
}

/* Whether every entry of a list can be read from a copy, byte for byte. */
export async function readsBack(cacheName, list) {
  for (const entry of list.entries) {
    if (!await isWhole(cacheName, entry)) {
      return false;
    }
  }
  return true;
}

function response(body, headers) {
  const kept = KEPT_HEADERS.filter((name) => headers.has(name)).map((name) => [name, headers.get(name)]);
  return new Response(body, { headers: kept });
}

/* An entry as the service sends it; anything else, of a portal or cut short, is an error. */
async function fetched({ url, hash }) {
  const answer = await fetch(url, { cache: url.startsWith("/static/") ? "default" : "no-cache", redirect: "error" });
  const body = await answer.arrayBuffer();
  if (!answer.ok || await hashOf(body) !== hash) {
    throw new Error("not what the list says");
  }
  return response(body, answer.headers);
}

/* Makes the copy of a list, and reads it back; what an earlier try brought, or the copy before has, is not
   fetched again. */
export async function makeCopy(shelf, list, before) {
  const name = shelf.nameOf(list);
  const copy = await caches.open(name);
  for (const entry of list.entries) {
    if (await isWhole(name, entry)) {
      continue;
    }
    const old = before && await isWhole(shelf.nameOf(before), entry);
    const found = old ? await caches.match(entry.url, { cacheName: shelf.nameOf(before) }) : await fetched(entry);
    await copy.put(entry.url, found);
  }
  if (!await readsBack(name, list)) {
    throw new Error("the copy cannot be read back");
  }
}
