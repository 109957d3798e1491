/* The editor of opening hours: rows of days and times over the field with the rule, and what the server
   makes of it. It serves every [data-hours] of a page, also those that come with new content. */
import { DAYS, read, write } from "./rule.js";

const WEEKDAYS = ["Mo", "Tu", "We", "Th", "Fr"];
const USUAL = ["08:00", "16:00"];
const WAIT_MS = 250;

class Editor {
  constructor(box) {
    this.box = box;
    this.rule = box.querySelector("[data-hours-rule], [name=opening_hours]");
    this.status = box.querySelector("[name=hours_status]");
    this.week = box.querySelector("[data-hours-week]");
    this.rows = box.querySelector("[data-hours-rows]");
    this.template = box.querySelector("[data-hours-row]");
    this.pair = this.template.content.querySelector("[data-pair]");
    this.tooRich = box.querySelector("[data-too-rich]");
    this.timer = 0;
    this.asked = null;
    const pane = box.querySelector("[data-hours-editor]");
    pane.addEventListener("input", () => this.take());
    pane.addEventListener("click", (event) => this.clicked(event));
    this.rule.addEventListener("input", () => {
      this.fill();
      this.settle();
    });
    const copy = box.querySelector("[data-copy]");
    if (copy) {
      copy.hidden = false;
      copy.addEventListener("click", () => this.put(box.dataset.fallback));
    }
    pane.hidden = false;
    this.fill();
  }

  put(rule) {
    this.rule.value = rule;
    this.fill();
    this.settle();
    (this.rows.querySelector("input") || this.rule).focus();
  }

  fill() {
    const made = read(this.rule.value);
    this.tooRich.hidden = made !== null;
    this.rows.replaceChildren();
    (made || []).forEach((row) => this.add(row));
  }

  add({ days, kind, times }) {
    const row = this.template.content.firstElementChild.cloneNode(true);
    row.querySelectorAll("[data-day]").forEach((one) => { one.checked = days.includes(one.value); });
    row.querySelector("[data-kind]").value = kind;
    row.querySelector("[data-times]").replaceChildren();
    (times.length ? times : [["", ""]]).forEach((pair) => this.addPair(row, pair));
    this.rows.append(row);
    this.dress(row);
    return row;
  }

  addPair(row, [from, to]) {
    const pair = this.pair.cloneNode(true);
    pair.querySelector("[data-from]").value = from;
    pair.querySelector("[data-to]").value = to;
    row.querySelector("[data-times]").append(pair);
    return pair;
  }

  /* Times only where they mean something; the last pair of a row cannot be taken out. */
  dress(row) {
    const hasTimes = ["open", "appointment"].includes(row.querySelector("[data-kind]").value);
    row.querySelector("[data-times]").hidden = !hasTimes;
    row.querySelector("[data-more]").hidden = !hasTimes;
    const pairs = row.querySelectorAll("[data-pair]");
    pairs.forEach((pair) => { pair.querySelector("[data-less]").hidden = pairs.length < 2; });
  }

  clicked(event) {
    const hit = (name) => event.target.closest(`[data-${name}]`);
    if (hit("remove")) {
      const row = hit("remove").closest(".hours__row");
      const next = row.nextElementSibling || row.previousElementSibling;
      row.remove();
      this.take();
      (next ? next.querySelector("[data-remove]") : this.box.querySelector("[data-add]")).focus();
    } else if (hit("more")) {
      const row = hit("more").closest(".hours__row");
      this.addPair(row, ["", ""]).querySelector("[data-from]").focus();
      this.dress(row);
    } else if (hit("less")) {
      const row = hit("less").closest(".hours__row");
      hit("less").closest("[data-pair]").remove();
      this.take();
      row.querySelector("[data-more]").focus();
    } else if (hit("add")) {
      this.start(this.rows.children.length ? [] : WEEKDAYS, "open", [USUAL]);
    } else if (hit("always")) {
      this.rows.replaceChildren();
      this.start(DAYS.slice(0, 7), "always", []);
    } else if (hit("shut")) {
      this.shut(hit("shut").value);
    }
  }

  start(days, kind, times) {
    this.add({ days, kind, times }).querySelector("input").focus();
    this.take();
  }

  /* Closed on some holidays: said once, by a row of their own. */
  shut(day) {
    this.rows.querySelectorAll(`[data-day][value=${day}]`).forEach((one) => { one.checked = false; });
    const rows = Array.from(this.rows.children);
    const closed = rows.find((row) => row.querySelector("[data-kind]").value === "closed"
      && !row.querySelector("[data-day]:checked:not([value=PH], [value=SH])"));
    const row = closed || this.add({ days: [], kind: "closed", times: [] });
    row.querySelector(`[value=${day}]`).checked = true;
    row.querySelector("[data-kind]").focus();
    this.take();
  }

  take() {
    const found = Array.from(this.rows.children, (row) => ({
      days: Array.from(row.querySelectorAll("[data-day]:checked"), (one) => one.value),
      kind: row.querySelector("[data-kind]").value,
      times: Array.from(row.querySelectorAll("[data-pair]"), (pair) => [
        pair.querySelector("[data-from]").value, pair.querySelector("[data-to]").value,
      ]),
    }));
    Array.from(this.rows.children).forEach((row) => this.dress(row));
    this.rule.value = write(found);
    this.tooRich.hidden = true;
    this.settle();
  }

  settle() {
    if (this.rule.value && this.status && this.status.value === "unknown") {
      this.status.value = "unconfirmed";
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.check(), WAIT_MS);
  }

  /* The days to come under the rule, or under the one that counts where the field is empty. */
  async check() {
    if (this.asked) {
      this.asked.abort();
    }
    this.asked = new AbortController();
    const rule = this.rule.value.trim() || this.box.dataset.fallback || "";
    if (!rule && this.box.dataset.empty) {
      this.week.textContent = this.box.dataset.empty;
      return;
    }
    try {
      const url = new URL(this.box.dataset.checkUrl, window.location.href);
      url.searchParams.set("rule", rule);
      const answer = await fetch(url, { signal: this.asked.signal });
      if (answer.ok && !answer.redirected) {
        this.week.innerHTML = await answer.text();
      }
    } catch (error) {
      if (error.name !== "AbortError") {
        this.week.textContent = "";
      }
    }
  }
}

function startAll() {
  document.querySelectorAll("[data-hours]:not([data-hours-on])").forEach((box) => {
    box.dataset.hoursOn = "";
    new Editor(box);
  });
}

export function start() {
  startAll();
  document.addEventListener("editor:updated", startAll);
  document.addEventListener("editor:selected", startAll);
}
