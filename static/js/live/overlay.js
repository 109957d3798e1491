/* Lays new times over the released page, and takes them off again. */

function paragraph(name, text) {
  const element = document.createElement("p");
  element.className = name;
  element.textContent = text;
  return element;
}

function cardElement(card, released) {
  const element = document.createElement("li");
  element.className = "now__card";
  element.hidden = true;
  const data = { card: card.kind, begins: card.begins, ends: card.ends, counts: card.counts, stop: card.stop,
    anchor: card.anchor };
  for (const [key, value] of Object.entries(data)) {
    if (value) {
      element.dataset[key] = value;
    }
  }
  element.append(paragraph("now__label", card.label), paragraph("now__title", card.title));
  if (card.until) {
    element.append(paragraph("now__until time-line", card.until));
  }
  element.append(...card.lines.map((line) => paragraph("now__line", line)));
  const call = card.kind === "before" && released?.querySelector(".call")?.parentElement;
  if (call) {
    element.append(call.cloneNode(true));
  }
  return element;
}

/* Puts the cards of an answer in the place of the released ones, which come back with the next one without. */
export function cardLayer(list, tick) {
  const released = [...list.children];
  return (cards) => {
    list.setAttribute("aria-live", "off"); // what changed is said once, elsewhere
    list.replaceChildren(...(cards.length ? cards.map((card) => cardElement(card, released[0])) : released));
    tick();
    setTimeout(() => list.setAttribute("aria-live", "polite"), 1000);
  };
}

function write(time, moment, before = "") {
  if (time && moment) {
    time.textContent = before + moment.text;
    time.setAttribute("datetime", moment.iso);
  }
}

function restore(row, released) {
  row.querySelectorAll(".row__live, .row__ride").forEach((line) => line.remove());
  row.classList.remove("row--skipped", "row--moved");
  [".row__time", ".row__until"].forEach((name, n) => {
    const time = row.querySelector(name);
    if (time && released[n]) {
      time.replaceChildren(...released[n].map((node) => node.cloneNode(true)));
    }
  });
}

/* The rows that belong to one: rides and what lies between them have no address of their own. */
function restOf(row) {
  const rest = [];
  for (let next = row.nextElementSibling; next && !next.id; next = next.nextElementSibling) {
    rest.push(next);
  }
  return rest;
}

function lay(row, { state, start, leave, was, note, rides = [] }) {
  write(row.querySelector(".row__time"), start);
  write(row.querySelector(".row__until"), leave, "–");
  row.classList.toggle("row--skipped", state === "skipped");
  row.classList.toggle("row--moved", Boolean(was));
  const text = [note, was].filter(Boolean).join(" · ");
  if (text) {
    row.querySelector(".row__name, .row__text > :first-child").after(paragraph("row__live small", text));
  }
  row.querySelector(".row__text")?.append(...rides.map((ride) => paragraph("row__ride", ride)));
}

/* The rows of the list, each with those that belong to it (rides, waits): who goes on with another party has
   other stops in another order. Without an order they stand as they were released. */
function orderLayer(list) {
  const groups = new Map([["", []]]);
  let last = "";
  [...list?.children || []].forEach((row) => {
    last = row.id || last;
    groups.set(last, [...groups.get(last) || [], row]);
  });
  let laid = "";
  return (order) => {
    if (order.join() !== laid) {
      laid = order.join();
      const ids = order.length ? ["", ...order] : [...groups.keys()];
      list.append(...ids.flatMap((id) => groups.get(id) || []));
    }
  };
}

/* Puts new times into the list, with what was planned beside them. */
export function rowLayer(root) {
  const layOrder = orderLayer(root.querySelector(".timeline"));
  const rows = new Map([...root.querySelectorAll(".row[id]")].map((row) => [row.id, row]));
  const released = new Map([...rows].map(([id, row]) => [id, [".row__time", ".row__until"].map((name) => (
    [...row.querySelector(name)?.childNodes || []].map((node) => node.cloneNode(true))
  ))]));
  const rest = new Map([...rows].map(([id, row]) => [id, restOf(row)]));
  return (changed, order = []) => {
    layOrder(order);
    root.querySelectorAll(".row--wait").forEach((row) => {
      row.hidden = changed.length > 0; // how long one waits is told by the card
    });
    rows.forEach((row, id) => restore(row, released.get(id)));
    changed.filter(({ id }) => rows.has(id)).forEach((one) => {
      lay(rows.get(one.id), one);
      rest.get(one.id).filter((row) => !row.matches(".row--wait")).forEach((row) => {
        row.hidden = one.state === "skipped" || Boolean(one.rides?.length);
      });
    });
    if (!changed.length) {
      [...rest.values()].flat().forEach((row) => {
        row.hidden = false;
      });
    }
  };
}
