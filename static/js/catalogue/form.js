/* Small helps of the site's form. */
(function () {
  "use strict";

  const today = document.querySelector("[data-today]");
  const form = document.querySelector(".site-form__form");
  if (!form) {
    return;
  }
  if (today) {
    today.hidden = false;
    today.addEventListener("click", () => {
      form.confirmed_on.value = today.dataset.today;
      if (form.status.value === "unconfirmed") {
        form.status.value = "confirmed";
      }
    });
  }

  /* Leaving a form with something typed asks first; saving does not. */
  let isChanged = false;
  form.addEventListener("input", () => { isChanged = true; });
  form.addEventListener("submit", () => { isChanged = false; });
  window.addEventListener("beforeunload", (event) => {
    if (isChanged) {
      event.preventDefault();
    }
  });
})();
