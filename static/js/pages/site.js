/* The form of one site. */
import { start as startForm } from "../catalogue/form.js";
import { start as startPlace } from "../catalogue/place.js";
import { start as startHours } from "../hours/editor.js";
import { onMap } from "../map/when.js";

export * from "../map/kit.js";

onMap(startPlace);
startHours();
startForm();
