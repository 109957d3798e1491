/* The worker of one link, which keeps its pages for where there is no signal. Its scope is the link's path and
   nothing else: of the rest of the service it answers nothing.

   A page comes from the network where that answers soon with an answer of ours, else from the copy. All else
   comes from the copy where it is in it: addresses change with what is behind them. Nothing is removed but by
   an answer of ours that says that the link opens nothing any more. */
import { makeCopy, readsBack } from "../phone/worker/copy.js";
import { entryOf } from "../phone/worker/find.js";
import { says } from "../phone/worker/marks.js";
import { shelfOf } from "../phone/worker/shelf.js";

/* So long the network has for a page of which there is a copy. */
const PATIENCE_MS = 2500;

const path = new URL(self.registration.scope).pathname;
const shelf = shelfOf(path);

async function forget() {
  await shelf.clear();
  await self.registration.unregister();
}

async function fromCopy(url) {
  const now = await shelf.inUse();
  const entry = now && entryOf(now.list, url, path, Date.now());
  return entry ? caches.match(entry.url, { cacheName: shelf.nameOf(now.list) }) : undefined;
}

function soon(answer) {
  const late = new Promise((_, fail) => setTimeout(fail, PATIENCE_MS, new Error("no answer yet")));
  return Promise.race([answer, late]);
}

async function absent() {
  const now = await shelf.inUse();
  const body = now ? now.list.absent : "";
  return body ? new Response(body, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } })
    : Response.error();
}

/* Whether the service itself says that the link opens nothing: never a portal, never a fault. */
async function isGone(answer) {
  return [404, 410].includes(answer.status) && await says(answer, "closed", path);
}

async function page(request) {
  const kept = await fromCopy(new URL(request.url));
  try {
    const asked = fetch(request);
    const answer = await (kept ? soon(asked) : asked);
    if (await isGone(answer)) {
      await forget();
      return answer;
    }
    return kept && !await says(answer, "open", path) ? kept : answer;
  } catch {
    return kept || absent();
  }
}

async function file(request) {
  return await fromCopy(new URL(request.url)) || fetch(request);
}

/* What is in use, after every entry of it has been read; a copy that cannot be read is none. */
async function told(state) {
  const now = await shelf.inUse();
  if (!now || !await readsBack(shelf.nameOf(now.list), now.list)) {
    return { state: "none" };
  }
  const size = now.list.entries.reduce((sum, entry) => sum + (entry.size || 0), 0);
  return { state, at: now.at, release: now.list.release, size };
}

async function keep(address) {
  let list;
  try {
    const answer = await fetch(address, { cache: "no-cache", redirect: "error" });
    if (await isGone(answer)) {
      await forget();
      return { state: "closed" };
    }
    if (!answer.ok || !await says(answer, "open", path)) {
      return told("away");
    }
    list = await answer.json();
  } catch {
    return told("away");
  }
  const before = await shelf.inUse();
  try {
    await makeCopy(shelf, list, before && before.list);
  } catch {
    return told("broken");
  }
  await shelf.use(list, Date.now());
  return told("kept");
}

/* One at a time: two windows of a link share its copies. */
let last = Promise.resolve();

self.addEventListener("message", (event) => {
  const { copy } = event.data;
  last = last.then(() => keep(copy)).catch(() => ({ state: "none" }));
  event.waitUntil(last.then((said) => event.ports[0].postMessage(said)));
});

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin) {
    return;
  }
  if (mode === "navigate") {
    event.respondWith(page(event.request));
  } else if (pathname.startsWith("/static/") || pathname.startsWith("/photos/") || pathname === `${path}/map.js`) {
    event.respondWith(file(event.request));
  }
});
