/* While sizes are typed, the sum says how many people are in no party yet. */

export function start() {
  const sum = document.getElementById("people-sum");
  if (!sum) {
    return;
  }
  const group = Number(sum.dataset.group);
  const sizes = [...document.querySelectorAll("[data-size]")];

  function tell() {
    const people = sizes.reduce((total, field) => total + (Number(field.value) || 0), 0);
    sum.textContent = sum.dataset.words.replace("{sum}", people).replace("{group}", group);
    sum.classList.toggle("parties__sum--wrong", people !== group);
  }

  sizes.forEach((field) => field.addEventListener("input", tell));
}
