/** The mutual information between the two sides of masks, and its derivatives by the masks. */
import type { InfoNet } from "infonet";
import type { Random } from "../random.js";
import type { Context } from "./context.js";
import { FLOW_NOISE, type Scene } from "./scenes.js";

/**
 * What is made small: the information over the entropy, for either side (`"normalised"`), or all the information there
 * is, summed over the pixels of both sides (`"plain"`).
 */
export type Objective = "normalised" | "plain";

/** How masks are measured. */
export interface SeparationOptions {
  net: InfoNet;
  context: Context;
  objective: Objective;
  /** Rows of every sample. */
  rows: number;
  random: Random;
  /** Whether derivatives go through the prediction as well as through the choice of pixels. Default true. */
  throughPrediction?: boolean;
}

/** A measured set of masks. */
export interface Separation {
  /** Mean information of a pixel's flow and its prediction from the other side, nats: inside, outside. */
  information: [inside: number, outside: number];
  /** Mean entropy of a pixel's flow, nats above the noise: inside, outside. */
  entropy: [inside: number, outside: number];
  /** The objective by scene. */
  losses: Float64Array;
  /** Derivatives of each scene's objective by its mask. */
  gradients: Float64Array[];
}

/** One side of one scene's mask. */
interface Side {
  scene: Scene;
  /** How much each pixel belongs to this side. */
  weights: Float64Array;
  /** Sum of the weights. */
  mass: number;
  prediction: ReturnType<Context["predict"]>;
}

/** A row of a sample: a pixel of a scene's side, and the direction that its flow is projected on. */
interface Row {
  side: number;
  pixel: number;
  cos: number;
  sin: number;
}

/**
 * Measures masks, one a scene, and differentiates their objective.
 *
 * Rows are drawn by choosing a scene, a pixel of one side in proportion to the mask, and a direction; X is the flow there
 * along that direction, Y the flow that is predicted from the other side alone. The network sees all scenes' rows at once:
 * its critic says which pairs go together more often than by chance, in these scenes and for these masks.
 *
 * Masks enter twice. They move Y, by the prediction: dy of `net.gradient` through the critic, pulled back. And they choose the
 * pixels: where the critic is held fixed, which is where its derivative vanishes (Donsker & Varadhan), the mean of log c
 * over pixels of weights w has derivatives (log c_i − mean) / ∑ w.
 */
export async function separate(
  scenes: readonly Scene[],
  masks: readonly Float64Array[],
  options: SeparationOptions,
): Promise<Separation> {
  const outside = masks.map((mask) => mask.map((m) => 1 - m));
  const sides = (regions: readonly Float64Array[], others: readonly Float64Array[]): Side[] =>
    scenes.map((scene, k) => ({
      scene,
      weights: regions[k],
      mass: regions[k].reduce((sum, w) => sum + w, 0),
      prediction: options.context.predict(scene, others[k]),
    }));
  const inner = await oneSide(sides(masks, outside), options);
  const outer = await oneSide(sides(outside, masks), options);
  const losses = new Float64Array(scenes.length);
  const gradients = scenes.map((_, k) => {
    const [a, b] = [inner.scenes[k], outer.scenes[k]];
    // Both count the same information; the smaller one is counted less often over.
    const shares = options.objective === "normalised" ? [1, 1] : a.loss < b.loss ? [1, 0] : [0, 1];
    losses[k] = shares[0] * a.loss + shares[1] * b.loss;
    // The mask is the weight inside, and one less the weight outside.
    return a.byRegion.map(
      (_, at) => shares[0] * (a.byRegion[at] - a.byOther[at]) - shares[1] * (b.byRegion[at] - b.byOther[at]),
    );
  });
  return {
    information: [inner.information, outer.information],
    entropy: [inner.entropy, outer.entropy],
    losses,
    gradients,
  };
}

interface Term {
  information: number;
  entropy: number;
  scenes: { loss: number; byRegion: Float64Array; byOther: Float64Array }[];
}

/** The objective of one side, with derivatives by this side's weights and by the other's. */
async function oneSide(sides: readonly Side[], options: SeparationOptions): Promise<Term> {
  const { net, objective, random, throughPrediction = true } = options;
  const rows = drawRows(sides, options.rows, random);
  const x = Float64Array.from(rows, (row) => flowAt(sides[row.side].scene, row));
  const noise = (): number => random.normal(0, FLOW_NOISE);
  // What is predicted is known no better than what it is predicted from; this also makes a prediction of nothing at all
  // worthless, however small.
  const y = Float64Array.from(rows, (row) => flowAt(sides[row.side].prediction, row) + noise());
  // The entropy of a continuous variable is what one noisy look at it tells about another: counted in units of the noise.
  const again = x.map((value) => value + noise());
  const seed = random.integer(0, 2 ** 31);
  const shared = await net.estimate(x, y, { seed });
  const own = await net.estimate(x, again, { seed });
  const dy = throughPrediction
    ? (await net.gradient(x, y, { seed, through: "critic" })).dy
    : new Float64Array(x.length);

  const paths = pulledBack(sides, rows, dy);
  const ranks = [x, y, again].map((values) => values.slice().sort());
  const scenes = sides.map((side, k) => {
    const size = side.weights.length;
    const at = {
      flow: new Float64Array(size),
      predicted: new Float64Array(size),
      again: new Float64Array(size),
    };
    const { scene, prediction } = side;
    for (let pixel = 0; pixel < size; pixel++) {
      const angle = random.uniform(0, 2 * Math.PI);
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      const value = cos * scene.u[pixel] + sin * scene.v[pixel];
      const predicted = cos * prediction.u[pixel] + sin * prediction.v[pixel];
      at.flow[pixel] = rankOf(ranks[0], value);
      at.predicted[pixel] = rankOf(ranks[1], predicted + noise());
      at.again[pixel] = rankOf(ranks[2], value + noise());
    }
    const local = shared.copula.logDensities(at.flow, at.predicted);
    const self = own.copula.logDensities(at.flow, at.again);
    const [information, entropy] = [weightedMean(local, side), weightedMean(self, side)];
    // net.gradient is of the mean over all scenes.
    const path = paths[k].map((d) => d * sides.length);
    if (objective === "plain") {
      const share = side.mass / size;
      return {
        loss: share * information,
        byRegion: local.map((c) => c / size),
        byOther: path.map((d) => share * d),
      };
    }
    const bySelf = shared.mi / own.mi ** 2 / side.mass;
    const byLocal = 1 / own.mi / side.mass;
    return {
      loss: information / own.mi,
      byRegion: local.map((c, at) => byLocal * (c - information) - bySelf * (self[at] - entropy)),
      byOther: path.map((d) => d / own.mi),
    };
  });
  return { information: shared.mi, entropy: own.mi, scenes };
}

/** Equally many rows from every scene, pixels in proportion to their weights. */
function drawRows(sides: readonly Side[], total: number, random: Random): Row[] {
  const each = Math.ceil(total / sides.length);
  return sides.flatMap(({ weights, mass }, side) => {
    const rows: Row[] = [];
    let pixel = 0;
    let passed = weights[0];
    for (let k = 0; k < each; k++) {
      // One in each of as many equal parts of the mass.
      const place = ((k + random.uniform()) / each) * mass;
      while (passed < place && pixel < weights.length - 1) passed += weights[++pixel];
      rows.push({ side, pixel, ...direction(random) });
    }
    return rows;
  });
}

function direction(random: Random): { cos: number; sin: number } {
  const angle = random.uniform(0, 2 * Math.PI);
  return { cos: Math.cos(angle), sin: Math.sin(angle) };
}

const flowAt = ({ u, v }: { u: Float64Array; v: Float64Array }, { pixel, cos, sin }: Row): number =>
  cos * u[pixel] + sin * v[pixel];

/** Derivatives by the weights that predictions rest on, from those by the rows' predictions. */
function pulledBack(sides: readonly Side[], rows: readonly Row[], dy: Float64Array): Float64Array[] {
  const by = sides.map(({ weights }) => [new Float64Array(weights.length), new Float64Array(weights.length)]);
  for (const [k, { side, pixel, cos, sin }] of rows.entries()) {
    by[side][0][pixel] += cos * dy[k];
    by[side][1][pixel] += sin * dy[k];
  }
  return sides.map(({ prediction }, side) => prediction.pull(by[side][0], by[side][1]));
}

function weightedMean(values: Float64Array, { weights, mass }: Side): number {
  return values.reduce((sum, value, at) => sum + weights[at] * value, 0) / mass;
}

/** Where a value lies among a sorted sample, within (0, 1). */
function rankOf(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return (low + 0.5) / (sorted.length + 1);
}
