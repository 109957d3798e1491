/* What is true now, worked out of the page's own cards and the time: no page, no clock of its own.

   A card is {begins, ends}, in milliseconds since 1970; the first begins at -Infinity, the last has no end (NaN). */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const IN_HOURS = 90 * MINUTE;
const IN_DAYS = 36 * HOUR;

/* The card of a time: the last that has begun. One that ends as it begins is never shown. */
export function cardAt(cards, now) {
  return cards.findLastIndex(({ begins }) => begins <= now);
}

function unit(count, name, language, width) {
  return new Intl.NumberFormat(language, { style: "unit", unit: name, unitDisplay: width }).format(count);
}

/* How long something still takes: days, hours with minutes, minutes; seconds in the last minute alone. */
export function leftText(left, language) {
  if (left >= IN_DAYS) {
    return unit(Math.round(left / DAY), "day", language, "long");
  }
  if (left >= IN_HOURS) {
    const minutes = Math.floor((left % HOUR) / MINUTE);
    const hours = unit(Math.floor(left / HOUR), "hour", language, "short");
    return minutes ? `${hours} ${unit(minutes, "minute", language, "short")}` : hours;
  }
  return left >= MINUTE
    ? unit(Math.floor(left / MINUTE), "minute", language, "short")
    : unit(Math.max(0, Math.floor(left / SECOND)), "second", language, "short");
}

/* After so many milliseconds the first screen says something else: the clock, what is left, or the card. */
export function untilChange(cards, now) {
  const current = cards[cardAt(cards, now)];
  const left = current.ends - now;
  const step = left > 0 && left < MINUTE + SECOND ? SECOND : MINUTE;
  const coming = cards.map(({ begins }) => begins - now).filter((wait) => wait > 0);
  return Math.min(MINUTE - (now % MINUTE), ...(left > 0 ? [(left % step) + 1] : []), ...coming);
}

/* The time as the town's clock shows it, wherever the phone is. */
export function clockText(now, language, zone) {
  const form = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone };
  return new Intl.DateTimeFormat(language, form).format(now);
}
