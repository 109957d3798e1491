/* Which entry of a copy answers an address. */

/* The date in a zone, as 2026-11-30. */
export function dateIn(zone, now) {
  return new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" })
    .format(now);
}

/* The number of the day that is today or comes next, of the last one where all are over. */
export function comingDay({ dates, zone }, now) {
  const coming = dates.findIndex((date) => date >= dateIn(zone, now));
  return coming < 0 ? dates.length : coming + 1;
}

/* The entry asked for; in a language, of a party that is not kept the nearest that is. A file of one day stands for
   no other day. null for what is none. */
export function entryOf(list, url, path, now) {
  const exact = list.entries.find((entry) => entry.url === url.pathname + url.search);
  if (exact) {
    return exact;
  }
  const asked = url.searchParams;
  const lang = asked.get("lang") || asked.get("language") || list.lang;
  const party = asked.get("party") || "";
  const day = Number(asked.get("day")) || comingDay(list, now);
  const isPage = url.pathname === path;
  const near = (entry) => (entry.day === day) * 4 + (entry.party === party) * 2 + (entry.lang === lang);
  const fitting = list.entries.filter((entry) => entry.what && entry.url.split("?")[0] === url.pathname
    && ["", party].includes(entry.party) && (isPage || !entry.day || entry.day === day));
  return fitting.reduce((best, entry) => (!best || near(entry) > near(best) ? entry : best), null);
}
