/* The map in a file of its own, with no other module beside it: the kit as a name for all scripts. */
import * as kit from "../map/kit.js";

window.visitMapKit = kit;
