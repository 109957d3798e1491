/* The last that was heard of the day, for a page that is opened again without signal. It lies beside the copy of
   the link's pages, and goes with it when the link is closed. */
import { noteOf } from "../phone/worker/shelf.js";

const path = () => location.pathname;

/* Keeps what an address said last, and when. Without a store nothing is kept. */
export async function keepLast(address, said, heard = Date.now()) {
  try {
    await (await caches.open(noteOf(path()))).put(address, Response.json({ said, heard }));
  } catch {
    // a page that came by http, a private window, or a full one
  }
}

/* What an address said last, {said, heard}; null where nothing is kept. */
export async function lastOf(address) {
  try {
    const kept = await caches.match(address, { cacheName: noteOf(path()) });
    return kept ? await kept.json() : null;
  } catch {
    return null;
  }
}
