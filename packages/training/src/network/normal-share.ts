/**
 * How much of a density is the normal copula of its sample (a parametric guess beside a free density: Olkin & Spiegelman
 * 1987). What it misses is known: as it has the correlation of the normal scores, its Kullback–Leibler distance to the law
 * is the law's information less its own, −½ ln(1 − ρ²). The share is learnt from that distance, in units of what chance
 * makes of it, from what speaks against a normal copula, from the information and from the sample size.
 */
import { NORMAL_NUMBERS } from "infonet/copula";
import { np, type Tensor } from "../runtime/jax.js";
import { linearSpecs } from "./blocks.js";
import { linear, squaredRelu } from "./layers.js";
import type { ParameterSpec, Parameters } from "./parameters.js";
import { MEDIAN, QUANTILE_LEVELS } from "./trunk.js";

const FEATURES = 8;
const WIDTH = 24;
/** Logit of the share before anything is learnt. */
const START = -1;

/** About the deviation of the distance times √n: less of it is chance the less there is to know. */
const CHANCE = { independent: 0.15, aNat: 0.3 } as const;

/** Parameters of {@link normalShare}. */
export function normalShareSpecs(): ParameterSpec[] {
  return [...linearSpecs("normal.first", FEATURES, WIDTH), ...linearSpecs("normal.last", WIDTH, 1, 0.1)];
}

/** What is known of an example, batch first. */
interface Known {
  /** Quantiles of √MI: [B, 9] */
  quantiles: Tensor;
  /** Numbers of the normal copula: [B, 4] */
  normal: Tensor;
  /** [B] */
  n: Tensor;
}

/** The logit of the share, [B, 1]. Consumes its inputs. */
export function normalShare(p: Parameters, { quantiles, normal, n }: Known): Tensor {
  const [batch, levels] = quantiles.shape;
  const column = (t: Tensor, k: number, width: number): Tensor =>
    np.matmul(t, np.array(Array.from({ length: width }, (_, i) => [Number(i === k)])));
  const evidence = (k: number): Tensor =>
    np.log(np.maximum(column(normal.ref, k, NORMAL_NUMBERS), 0).add(1)).mul(0.4);
  const [third, fourth] = [evidence(2), evidence(3)];
  const root = np.maximum(column(quantiles.ref, MEDIAN, levels), 0);
  const spread = column(quantiles.ref, QUANTILE_LEVELS.length - 1, levels).sub(column(quantiles, 0, levels));
  const rest = column(normal, 1, NORMAL_NUMBERS);
  const size = n.reshape([batch, 1]);
  const information = np.square(root.ref);
  const chance = information.ref.mul(CHANCE.aNat).add(CHANCE.independent).div(np.sqrt(size.ref));
  const distance = information.add(rest.ref).div(chance);
  const magnitude = np.maximum(distance.ref, distance.ref.neg());
  const compressed = distance.ref.div(magnitude.mul(0.3).add(1));
  const near = np.clip(distance, -3, 6).mul(0.4);
  const line = np.log(size).sub(6).mul(0.5);
  const features = np.concatenate(
    [compressed, near, third, fourth, root, spread.mul(2), rest.mul(0.5), line],
    1,
  );
  return linear(p, "normal.last", squaredRelu(linear(p, "normal.first", features))).add(START);
}
