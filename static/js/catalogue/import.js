/* Says how far the upload is and that the rows are being checked. Without it the form is sent as it is. */
(function () {
  "use strict";

  const LIMIT = 25 * 1024 * 1024;
  const form = document.querySelector("[data-import]");
  const told = form.querySelector("[data-progress]");
  const button = form.querySelector("[type=submit]");

  form.addEventListener("submit", (event) => {
    const file = form.file.files[0];
    if (file && file.size > LIMIT) {
      event.preventDefault();
      told.textContent = told.dataset.tooLarge;
      return;
    }
    if (!file) {
      return;
    }
    const kilobytes = Math.max(1, Math.round(file.size / 1024));
    told.textContent = `${told.dataset.sending} ${file.name} (${kilobytes} kB). ${told.dataset.checking}`;
    setTimeout(() => { button.disabled = true; }, 0);
  });
  window.addEventListener("pageshow", () => {
    button.disabled = false;
    told.textContent = "";
  });
})();
