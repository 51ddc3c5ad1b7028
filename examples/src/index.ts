/** All examples, in the order in which they run. */
import type { Example } from "./example.js";
import { segmentation } from "./segmentation/index.js";

/** The examples. */
export const EXAMPLES: readonly Example[] = [segmentation];
