/* What the phone keeps of a page: language, theme, the version last seen; of guides the presses that wait. Without a
   store it keeps nothing. */

export function kept(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

export function keep(name, value) {
  try {
    if (value === null) {
      localStorage.removeItem(name);
    } else {
      localStorage.setItem(name, value);
    }
  } catch {
    // a private window, or a full one
  }
}

/* Removes what is kept of the link at a path. */
export function forgetLink(path) {
  [`seen ${path}`, `presses:${path}/events`].forEach((name) => keep(name, null));
}
