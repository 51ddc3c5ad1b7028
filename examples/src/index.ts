/** All examples, in the order in which they run. */
import type { Example } from "./example.js";
import { fairPrediction } from "./fair-prediction/index.js";
import { geneNetwork } from "./gene-network/index.js";
import { infogan } from "./infogan/index.js";
import { nerfCorrelation } from "./nerf-correlation/index.js";
import { representations } from "./representations/index.js";
import { segmentation } from "./segmentation/index.js";
import { trajectories } from "./trajectories/index.js";

/** The examples. */
export const EXAMPLES: readonly Example[] = [
  infogan,
  segmentation,
  trajectories,
  nerfCorrelation,
  geneNetwork,
  representations,
  fairPrediction,
];
