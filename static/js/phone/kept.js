/* What the phone keeps of a page: the theme, and the last version seen. Without a store it keeps nothing. */

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
