/* Light, dark, or for bright sunlight: one button goes round, and the phone keeps what was chosen. */
import { kept, keep } from "./kept.js";

const THEMES = ["auto", "light", "dark", "sun"];

export function nextTheme(theme) {
  return THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
}

function put(button, theme) {
  if (theme === "auto") {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = theme;
  }
  button.textContent = button.dataset[theme];
}

export function themes(button) {
  let theme = THEMES.includes(kept("theme")) ? kept("theme") : THEMES[0];
  put(button, theme);
  button.addEventListener("click", () => {
    theme = nextTheme(theme);
    keep("theme", theme);
    put(button, theme);
  });
}
