/* Leaves of the two links to a stop the one that this device knows: Apple's have no `geo:`, others no `maps:`.
   Without scripts both are there. */
export function ownNavigation(root, agent = navigator.userAgent) {
  const other = /iPhone|iPad|iPod|Macintosh/.test(agent) ? "other" : "apple";
  root.querySelectorAll(`[data-phone="${other}"]`).forEach((link) => link.remove());
}
