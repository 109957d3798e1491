/* What the day's scripts decide, without a page: when to ask again, how fresh an answer is, what is due next. */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const SOON = 6 * SECOND;
const SELDOM = MINUTE;
const BEFORE = 3 * HOUR;
const AFTER = 6 * HOUR;
const SILENT = 30 * SECOND;

/* So many milliseconds until a page in front asks again: often on the day, seldom on others, never in step. */
export function pause({ begins, ends }, now, chance) {
  const isDay = now > begins - BEFORE && now < ends + AFTER;
  return (isDay ? SOON : SELDOM) * (0.8 + 0.4 * chance);
}

/* How old an answer is, and whether that means that there is no signal. */
export function freshness(heard, now, language) {
  const age = Math.max(0, now - heard);
  const [count, unit] = age < MINUTE ? [Math.floor(age / SECOND), "second"] : [Math.floor(age / MINUTE), "minute"];
  const text = new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "short" }).format(count);
  return { text, isSilent: age > SILENT };
}

/* What is said aloud of a new answer: nothing of the first one, and of others what was not said before. */
export function toSay(before, answer) {
  return before ? answer.said.filter((text) => !before.said.includes(text)).join(". ") : "";
}

/* The seconds by which the phone's clock is behind the service's. */
export function offsetOf(told, now) {
  return told ? Math.round(Number(told) - now / SECOND) : null;
}

/* What is due after a press that was not heard yet: who has arrived leaves, who has left arrives at the next stop. */
export function stepAfter({ kind, stop }, order) {
  const index = order.findIndex(({ id }) => id === stop);
  if (kind === "arrived" && index < order.length - 1) {
    return { kind: "left", ...order[index] };
  }
  return kind === "left" && order[index + 1] ? { kind: "arrived", ...order[index + 1] } : null;
}

/* Of presses that wait the last one of a party that no other takes back; undefined where there is none. */
export function toUndo(waiting, party) {
  const undone = new Set(waiting.filter(({ kind }) => kind === "undo").map(({ other }) => other));
  return waiting.findLast((one) => one.kind !== "undo" && one.party === party && !undone.has(one.key));
}
