/* The page on which a delegation is split. */
import { start } from "../parties.js";

export * from "../map/kit.js";

start();
