/** Derivatives through the critic: those of the mean log density of the rows, the density held fixed and its slopes matched to the rows. */

import { CopulaDensity } from "../density/index.js";
import type { Network } from "../network/network.js";
import { type PullScores, ScoreColumn, scoresToValues } from "./score-column.js";
import { matchScores } from "./score-matching.js";
import { atRows, type GradientSide, usedRows, valuesAt } from "./used-rows.js";
import type { PairDerivative, Way } from "./way.js";

/** The two columns of a sample by their scores. */
interface ScorePair {
  x: ScoreColumn;
  y: ScoreColumn;
  /** Derivatives by the values of all rows of the input, from the slopes by the scores. */
  pull: { x: PullScores; y: PullScores };
}

/** Through the critic. */
export const CRITIC: Way<ScorePair> = {
  prepared(x, y, sample) {
    const { input, xRanks, yRanks } = usedRows(sample);
    const [a, b] = [new ScoreColumn(xRanks), new ScoreColumn(yRanks)];
    return { x: a, y: b, pull: { x: pullOf(x, a, input), y: pullOf(y, b, input) } };
  },

  most: (network) => network.largestBatch,

  async differentiated(network: Network, pairs) {
    const { quantiles, mixtures } = await network.run(pairs.map(({ sample }) => sample));
    const levels = network.manifest.quantiles;
    const median = levels.indexOf(0.5);
    return pairs.map(({ sample: { orientation }, pair: { x, y, pull } }, slot): PairDerivative => {
      const density = CopulaDensity.read(mixtures[slot] as Float32Array, orientation);
      const own = quantiles.slice(slot * levels.length, (slot + 1) * levels.length);
      const nats = Math.max(0, own[median]) ** 2;
      const derivatives = density.derivatives(x.scores, y.scores);
      const { lowerBound, ...slopes } = matchScores({ columns: [x, y], derivatives, nats });
      const answer = { quantiles: own, median };
      return { nats, lowerBound, answer, dx: pull.x(slopes.x), dy: pull.y(slopes.y) };
    });
  },
};

/** @throws InfoNetError "not-finite" if values are too close together for derivatives by them to be numbers */
function pullOf({ name, values, fixed }: GradientSide, column: ScoreColumn, input: Uint32Array): PullScores {
  if (fixed) return () => new Float64Array(values.length);
  const pull = scoresToValues(name, column, valuesAt(values, input));
  return (slopes) => atRows(pull(slopes), input, values.length);
}
