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

/* The page asked for; in a language or of a party that is not kept the nearest that is; null for what is none. */
export function entryOf(list, url, path, now) {
  const exact = list.entries.find((entry) => entry.url === url.pathname + url.search);
  if (exact || url.pathname !== path) {
    return exact || null;
  }
  const asked = url.searchParams;
  const lang = asked.get("lang") || list.lang;
  const party = asked.get("party") || "";
  const day = Number(asked.get("day")) || comingDay(list, now);
  const near = (entry) => (entry.day === day) * 4 + (entry.party === party) * 2 + (entry.lang === lang);
  const pages = list.entries.filter((entry) => entry.what === "page" && ["", party].includes(entry.party));
  return pages.reduce((best, entry) => (!best || near(entry) > near(best) ? entry : best), null);
}
