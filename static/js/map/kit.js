/* What the script that Folium renders calls, by these names (planner/outputs/maps/folium_page.py). */

export { background } from "./ground/background.js";
export { POPUP_OPTIONS } from "./look.js";
export { reducedMotion } from "./style.js";
export { adopt, credit } from "./visit.js";
