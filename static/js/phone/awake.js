/* Keeps the screen on while it is asked to: also after the page was away, which ends every lock. */

export function keepAwake(button, lock = navigator.wakeLock) {
  if (!lock) {
    button.remove();
    return;
  }
  let held = null;
  const isWanted = () => button.getAttribute("aria-pressed") === "true";
  const hold = async () => {
    try {
      held = await lock.request("screen");
    } catch {
      button.setAttribute("aria-pressed", "false"); // low on power, or not allowed
    }
  };
  button.addEventListener("click", () => {
    button.setAttribute("aria-pressed", String(!isWanted()));
    if (isWanted()) {
      hold();
    } else if (held) {
      held.release();
      held = null;
    }
  });
  document.addEventListener("visibilitychange", () => {
    if (isWanted() && document.visibilityState === "visible") {
      hold();
    }
  });
}
