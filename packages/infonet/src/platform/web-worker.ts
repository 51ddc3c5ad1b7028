/**
 * The worker of a page. It imports nothing on demand, so that bundlers can make one file of it in whatever format they give workers.
 */

import { TASKS } from "./tasks.js";
import { serveTasks } from "./web-serve.js";

serveTasks((name) => TASKS.get(name));
