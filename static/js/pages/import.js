/* The upload of a catalogue. */
import { start } from "../catalogue/import.js";

start();
