/* Which layer lies over which, and the measures that stops and popups share. */

export const PANE = {
  areas: "visit-areas", casings: "visit-casings", cores: "visit-cores", hits: "visit-hits", leaders: "visit-leaders",
};
export const STOP_ICON = { className: "visit-stop", iconSize: [44, 44] };
export const POPUP_OPTIONS = { maxWidth: 270, minWidth: 120, autoPanPadding: [16, 16], offset: [0, -14], className: "visit-popup" };
