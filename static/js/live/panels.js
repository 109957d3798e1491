/* The buttons of the day are fetched anew as a whole: what is open and what was typed stays. */

const FIELDS = "textarea, select, input:not([type=hidden]), [name=lon], [name=lat]";

function partyOf(element) {
  return element.closest("[data-party]")?.dataset.party ?? "";
}

function keyOf(field) {
  return [partyOf(field), field.form?.dataset.press, field.name].join(" ");
}

function isChanged(field) {
  if (field.matches("select")) {
    return field.selectedIndex > 0;
  }
  return field.type === "hidden" ? field.value !== "" : field.value !== field.defaultValue;
}

function typedIn(box) {
  return new Map([...box.querySelectorAll(FIELDS)].filter(isChanged).map((field) => [keyOf(field), field.value]));
}

function typeAgain(box, typed) {
  box.querySelectorAll(FIELDS).forEach((field) => {
    field.value = typed.get(keyOf(field)) ?? field.value;
  });
}

function detailsOf(box) {
  return [...box.querySelectorAll("details[data-keep]")].map((one) => [`${partyOf(one)} ${one.dataset.keep}`, one]);
}

/* What the reader opened or closed stays so, until the service itself has another mind of it. */
function openAgain(box, before) {
  detailsOf(box).forEach(([key, one]) => {
    const was = before.get(key);
    const begins = String(one.open);
    one.dataset.begins = begins;
    if (was) {
      one.open = was.begins === begins ? was.open : one.open || was.open;
    }
  });
}

/* Whether somebody is in a field: then nothing is put in its place. */
export function isTyping(box) {
  const field = document.activeElement;
  return box.contains(field) && field.matches("textarea, input, select");
}

/* The button where the keys are, by its form. */
function pressKey(box, element = document.activeElement) {
  return box.contains(element) && element.form ? `${partyOf(element)} ${element.form.dataset.press}` : null;
}

function focusAgain(box, key) {
  const buttons = [...box.querySelectorAll("form[data-press] button[type=submit]")];
  buttons.find((button) => pressKey(box, button) === key)?.focus({ preventScroll: true });
}

/* Puts new buttons into a box. The text is our own template's, everything typed escaped. */
export function refill(box, html) {
  const typed = typedIn(box);
  const key = pressKey(box);
  const open = new Map(detailsOf(box).map(([key, one]) => [key, { open: one.open, begins: one.dataset.begins }]));
  box.innerHTML = html;
  typeAgain(box, typed);
  openAgain(box, open);
  focusAgain(box, key);
}

/* What was sent is not typed any more; forms leave hidden fields as they are. */
export function emptied(form) {
  form.reset();
  form.querySelectorAll("[name=lon], [name=lat]").forEach((field) => {
    field.value = "";
  });
}
