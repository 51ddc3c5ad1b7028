/** All examples, in the order in which they run. */
import type { Example } from "./example.js";

/** The examples. */
export const EXAMPLES: readonly Example[] = [];
