/* What is in force of the town: work in the background, files that are sent. */
import { follow } from "../town/follow.js";
import { sending } from "../town/sending.js";

follow();
sending();
