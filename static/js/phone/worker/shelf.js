/* What is kept of one link: copies of its pages, each whole under the version it is of, and a note of which
   one is in use. The note is written when a copy has been read back, so a copy in the making is in nobody's way. */

/* The form of the note: a worker leaves alone what one of another form wrote, until it has a copy of its own. */
const FORM = 1;

/* The store of a link for what is no page of it. */
export function noteOf(path) {
  return `visit ${path}`;
}

export function shelfOf(path) {
  const note = noteOf(path);
  const copies = `copy ${path} `;
  const key = `${path}/in-use`;
  const ours = async () => (await caches.keys()).filter((name) => name === note || name.startsWith(copies));
  const nameOf = (list) => `${copies}${list.version}`;
  return {
    path,
    nameOf,
    /* {list, at} of the copy in use; null without one. */
    async inUse() {
      const kept = await caches.match(key, { cacheName: note });
      const found = kept ? await kept.json() : null;
      return found && found.form === FORM ? found : null;
    },
    /* Takes a whole copy into use, as of an instant, and lets the others go. */
    async use(list, at) {
      await (await caches.open(note)).put(key, Response.json({ form: FORM, list, at }));
      const kept = [note, nameOf(list)];
      await Promise.all((await ours()).filter((name) => !kept.includes(name)).map((name) => caches.delete(name)));
    },
    async clear() {
      await Promise.all((await ours()).map((name) => caches.delete(name)));
    },
  };
}
