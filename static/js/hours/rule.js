/* A rule of opening hours, in OpenStreetMap's syntax, as rows that people fill in, and back.

   A row is {days, kind, times}: days from DAYS ("PH" and "SH" are public and school holidays), kind is
   "open" at its times, "always" (all day), "appointment" (at its times, or any) or "closed", and times
   are pairs like ["08:00", "16:00"]. What the rows cannot say is null, and stays as it was typed. */

const WEEK = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
const HOLIDAYS = ["SH", "PH"];
export const DAYS = [...WEEK, ...HOLIDAYS];
const APPOINTMENT = '"by appointment"';
const TIMES = /^(\d{1,2}):(\d\d)-(\d{1,2}):(\d\d)$/;
const WHOLE_DAY = "00:00-24:00";

function daysOf(text) {
  const found = new Set();
  for (const part of text.split(",")) {
    if (HOLIDAYS.includes(part)) {
      found.add(part);
      continue;
    }
    const [first, last = first] = part.split("-");
    const [from, to] = [WEEK.indexOf(first), WEEK.indexOf(last)];
    if (from < 0 || to < 0) {
      return null;
    }
    for (let i = from; ; i = (i + 1) % 7) {
      found.add(WEEK[i]);
      if (i === to) {
        break;
      }
    }
  }
  return DAYS.filter((day) => found.has(day));
}

function timesOf(text) {
  const times = [];
  for (const one of text.split(",")) {
    const match = TIMES.exec(one);
    const hours = match && [Number(match[1]), Number(match[3])];
    if (!match || hours[0] > 23 || hours[1] > 47 || Number(match[2]) > 59 || Number(match[4]) > 59) {
      return null;
    }
    times.push([clock(hours[0], match[2]), clock(hours[1] % 24, match[4])]);
  }
  return times;
}

function clock(hour, minutes) {
  return String(hour).padStart(2, "0") + ":" + minutes;
}

/* One rule between semicolons: {days, kind, times}, or null. */
function readPart(part) {
  let text = part.replace(/,\s+/g, ",");
  const isAppointment = part.endsWith(APPOINTMENT);
  if (isAppointment) {
    text = text.slice(0, text.lastIndexOf('"', text.length - 2)).trim();
  }
  if (text.includes('"')) {
    return null;
  }
  const match = /^([A-Z][a-zH](?:[-,][A-Z][a-zH])*)(?:\s+(.*))?$/.exec(text);
  const days = match ? daysOf(match[1]) : WEEK;
  const when = match ? match[2] || "" : text;
  if (!days || (!match && !text && !isAppointment) || (when === "24/7" && match)) {
    return null;
  }
  const said = readWhen(when, isAppointment);
  return said && { days, ...said };
}

/* What is said of the days: {kind, times}, or null. */
function readWhen(when, isAppointment) {
  if (when === "off" || when === "closed") {
    return isAppointment ? null : { kind: "closed", times: [] };
  }
  if (["", "24/7", "open", WHOLE_DAY].includes(when)) {
    return { kind: isAppointment ? "appointment" : "always", times: [] };
  }
  const times = timesOf(when);
  return times && { kind: isAppointment ? "appointment" : "open", times };
}

/* The rule's parts: a later one has its days to itself, one after a comma adds to those before. */
function partsOf(rule) {
  const parts = [];
  for (const text of rule.split(";").map((one) => one.trim()).filter(Boolean)) {
    const more = text.split(/(?<=\d|"),\s*(?=[A-Z])/);
    more.forEach((one, index) => parts.push({ text: one.trim(), adds: index > 0 }));
  }
  return parts;
}

export function read(rule) {
  const said = new Map();
  for (const { text, adds } of partsOf(rule)) {
    const part = readPart(text);
    if (!part || hidesHolidays(part, said)) {
      return null;
    }
    for (const day of part.days) {
      said.set(day, [...(adds ? said.get(day) || [] : []), { kind: part.kind, times: part.times }]);
    }
  }
  return rowsOf(said);
}

/* A rule for weekdays after one for holidays, or for school holidays after public ones, counts on those too. */
function hidesHolidays(part, said) {
  const key = JSON.stringify([{ kind: part.kind, times: part.times }]);
  return part.days.some((day) => HOLIDAYS.slice(HOLIDAYS.indexOf(day) + 1).some(
    (holiday) => said.has(holiday) && !part.days.includes(holiday) && JSON.stringify(said.get(holiday)) !== key
  ));
}

function rowsOf(said) {
  const groups = new Map();
  for (const day of DAYS.filter((one) => said.has(one))) {
    const key = JSON.stringify(said.get(day));
    groups.set(key, [...(groups.get(key) || []), day]);
  }
  return Array.from(groups).flatMap(([key, days]) => JSON.parse(key).map((one) => ({ days, ...one })));
}

function daysText(days) {
  const parts = [];
  for (let i = 0; i < 7; i += 1) {
    if (days.includes(WEEK[i])) {
      let last = i;
      while (days.includes(WEEK[last + 1])) {
        last += 1;
      }
      parts.push(last > i + 1 ? WEEK[i] + "-" + WEEK[last] : WEEK.slice(i, last + 1).join(","));
      i = last;
    }
  }
  return [...parts, ...["PH", "SH"].filter((day) => days.includes(day))].join(",");
}

function timesText(rows) {
  const texts = rows.flatMap((row) => row.times).filter(([from, to]) => from && to)
    .map(([from, to]) => from + "-" + (to === "00:00" ? "24:00" : to));
  return Array.from(new Set(texts)).sort().join(",");
}

/* What is said of one day by the rows that have it; nothing where they are not filled in yet. */
function bodiesOf(rows) {
  if (rows.some((row) => row.kind === "always")) {
    return [WHOLE_DAY];
  }
  const open = timesText(rows.filter((row) => row.kind === "open"));
  const agreed = rows.filter((row) => row.kind === "appointment");
  const bodies = [...(open ? [open] : []),
    ...(agreed.length ? [(timesText(agreed) + " " + APPOINTMENT).trim()] : [])];
  return bodies.length || !rows.some((row) => row.kind === "closed") ? bodies : ["off"];
}

function partText(days, bodies) {
  const isWhole = days.length === 7 && WEEK.every((day) => days.includes(day)) && bodies.length === 1;
  const short = { [WHOLE_DAY]: "24/7", [APPOINTMENT]: APPOINTMENT, off: "off" };
  if (isWhole && short[bodies[0]]) {
    return short[bodies[0]];
  }
  return bodies.map((body) => daysText(days) + " " + body).join(", ");
}

/* Days of which the same is said stand together; holidays come last, for a later part outdoes those before. */
export function write(rows) {
  const groups = new Map();
  for (const day of DAYS) {
    const bodies = bodiesOf(rows.filter((row) => row.days.includes(day)));
    if (bodies.length) {
      const key = JSON.stringify([HOLIDAYS.includes(day), bodies]);
      groups.set(key, [...(groups.get(key) || []), day]);
    }
  }
  const parts = Array.from(groups, ([key, days]) => ({ days, bodies: JSON.parse(key)[1] }));
  const isOpenSometime = parts.some(({ days, bodies }) => WEEK.includes(days[0]) || bodies[0] !== "off");
  return isOpenSometime ? parts.map(({ days, bodies }) => partText(days, bodies)).join("; ") : "";
}
