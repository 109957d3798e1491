/* Opening hours in rows: reads a rule of OpenStreetMap's syntax into them, writes it from them, and shows
   what the server makes of it. What the rows cannot say stays as it was typed. */
(function () {
  "use strict";

  const DAYS = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
  const APPOINTMENT = '"by appointment"';
  const WAIT_MS = 250;
  const TIMES = /^(\d{2}:\d{2})-(\d{2}:\d{2})$/;

  function daysOf(text) {
    const found = new Set();
    for (const part of text.split(",")) {
      const [first, last = first] = part.split("-");
      const [from, to] = [DAYS.indexOf(first), DAYS.indexOf(last)];
      if (from < 0 || to < 0) {
        return null;
      }
      for (let i = from; ; i = (i + 1) % 7) {
        found.add(DAYS[i]);
        if (i === to) {
          break;
        }
      }
    }
    return DAYS.filter((day) => found.has(day));
  }

  /* {rows: [{days, from, to}], holidays, appointment, always}, or null for a rule that says more. */
  function read(rule) {
    const made = { rows: [], holidays: false, appointment: false, always: false };
    for (const part of rule.split(";").map((one) => one.trim()).filter(Boolean)) {
      if (/^PH (off|closed)$/.test(part)) {
        made.holidays = true;
      } else if (part === APPOINTMENT) {
        made.appointment = true;
      } else if (part === "24/7") {
        made.always = true;
      } else if (!readRow(part, made)) {
        return null;
      }
    }
    return made.always && made.rows.length ? null : made;
  }

  function readRow(part, made) {
    let text = part;
    if (text.endsWith(" " + APPOINTMENT)) {
      made.appointment = true;
      text = text.slice(0, -APPOINTMENT.length - 1).trim();
    }
    const match = /^([A-Z][a-z](?:[-,][A-Z][a-z])*)\s+(.+)$/.exec(text.replace(/\s*([,-])\s*/g, "$1"));
    const days = match && daysOf(match[1]);
    const times = match && match[2].split(",").map((one) => TIMES.exec(one));
    if (!days || times.some((one) => !one) || made.rows.some((row) => row.days.some((day) => days.includes(day)))) {
      return false;
    }
    const rows = times.map(([, from, to]) => ({ days, from, to }));
    made.rows.push(...rows);
    return true;
  }

  function daysText(days) {
    const parts = [];
    for (let i = 0; i < 7; i += 1) {
      if (days.includes(DAYS[i])) {
        let last = i;
        while (days.includes(DAYS[last + 1])) {
          last += 1;
        }
        parts.push(last > i + 1 ? DAYS[i] + "-" + DAYS[last] : DAYS.slice(i, last + 1).join(","));
        i = last;
      }
    }
    return parts.join(",");
  }

  /* Days with the same times stand together; a later row never puts out an earlier one of the same day. */
  function write({ rows, holidays, appointment, always }) {
    const byTimes = new Map();
    for (const day of DAYS) {
      const mine = rows.filter((row) => row.days.includes(day) && row.from && row.to);
      const times = Array.from(new Set(mine.map((row) => row.from + "-" + row.to))).sort().join(",");
      if (times) {
        byTimes.set(times, [...(byTimes.get(times) || []), day]);
      }
    }
    const note = appointment ? " " + APPOINTMENT : "";
    const parts = Array.from(byTimes, ([times, days]) => daysText(days) + " " + times + note);
    if (always && !parts.length) {
      parts.push("24/7" + note);
    }
    if (appointment && !parts.length) {
      parts.push(APPOINTMENT);
    }
    return [...parts, ...(holidays && parts.length ? ["PH off"] : [])].join("; ");
  }

  function start(box) {
    const rule = box.querySelector("[name=opening_hours]");
    const status = box.querySelector("[name=hours_status]");
    const week = box.querySelector("[data-hours-week]");
    const rows = box.querySelector("[data-hours-rows]");
    const template = box.querySelector("[data-hours-row]");
    const holidays = box.querySelector("[data-holidays]");
    const appointment = box.querySelector("[data-appointment]");
    const tooRich = box.querySelector("[data-too-rich]");
    let isAlways = false;
    let timer = 0;
    let asked = null;

    function addRow({ days, from, to }) {
      const row = template.content.firstElementChild.cloneNode(true);
      row.querySelectorAll("[data-day]").forEach((one) => { one.checked = days.includes(one.value); });
      row.querySelector("[data-from]").value = from;
      row.querySelector("[data-to]").value = to;
      rows.append(row);
      return row;
    }

    function fill() {
      const made = read(rule.value);
      tooRich.hidden = made !== null;
      rows.replaceChildren();
      (made ? made.rows : []).forEach(addRow);
      holidays.checked = Boolean(made && made.holidays);
      appointment.checked = Boolean(made && made.appointment);
      isAlways = Boolean(made && made.always);
    }

    function take() {
      const found = Array.from(rows.children, (row) => ({
        days: Array.from(row.querySelectorAll("[data-day]:checked"), (one) => one.value),
        from: row.querySelector("[data-from]").value,
        to: row.querySelector("[data-to]").value,
      }));
      const hasTimes = found.some((row) => row.days.length && row.from && row.to);
      isAlways = isAlways && !hasTimes;
      rule.value = write({ rows: found, holidays: holidays.checked, appointment: appointment.checked, always: isAlways });
      tooRich.hidden = true;
      settle();
    }

    function settle() {
      if (rule.value && status.value === "unknown") {
        status.value = "unconfirmed";
      }
      clearTimeout(timer);
      timer = setTimeout(check, WAIT_MS);
    }

    async function check() {
      if (asked) {
        asked.abort();
      }
      asked = new AbortController();
      try {
        const url = box.dataset.checkUrl + "?" + new URLSearchParams({ rule: rule.value });
        const answer = await fetch(url, { signal: asked.signal });
        if (answer.ok && !answer.redirected) {
          week.innerHTML = await answer.text();
        }
      } catch (error) {
        if (error.name !== "AbortError") {
          week.textContent = "";
        }
      }
    }

    box.querySelector("[data-hours-editor]").addEventListener("input", take);
    box.querySelector("[data-hours-editor]").addEventListener("click", (event) => {
      if (event.target.closest("[data-remove]")) {
        event.target.closest(".hours__row").remove();
        take();
        box.querySelector("[data-add]").focus();
      }
    });
    box.querySelector("[data-add]").addEventListener("click", () => {
      isAlways = false;
      const days = rows.children.length ? [] : DAYS.slice(0, 5);
      addRow({ days, from: "08:00", to: "16:00" }).querySelector("input").focus();
      take();
    });
    box.querySelector("[data-always]").addEventListener("click", () => {
      rows.replaceChildren();
      isAlways = true;
      holidays.checked = false;
      take();
    });
    rule.addEventListener("input", () => {
      fill();
      settle();
    });
    box.querySelector("[data-hours-editor]").hidden = false;
    fill();
  }

  window.sitesHours = { read, write };
  document.querySelectorAll("[data-hours]").forEach(start);
})();
