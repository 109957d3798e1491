/* How far it is, in words of the language. */

/* Metres to the nearest ten, from a kilometre on kilometres. */
export function metresText(metres, language) {
  const tens = Math.max(10, Math.round(metres / 10) * 10);
  const [count, unit] = tens < 1000 ? [tens, "meter"] : [metres / 1000, "kilometer"];
  const form = { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 1 };
  return new Intl.NumberFormat(language, form).format(count);
}
