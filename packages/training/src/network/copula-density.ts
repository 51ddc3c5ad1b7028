/**
 * The released network: the trunk with its quantiles, and a tower of its own for the copula density. The tower reads the
 * same histogram, the spectrum and what the trunk made of them; it sends no gradient into the trunk, so that the quantiles
 * are those of a network that learnt nothing else.
 */
import { SPECTRUM_FEATURES, TOKENS } from "infonet/copula";
import { lax, np, type Tensor } from "../runtime/jax.js";
import { block, blockSpecs, linearSpecs } from "./blocks.js";
import { COMPONENT_NUMBERS, components, SLOTS } from "./density-head.js";
import { layerNorm, linear } from "./layers.js";
import { normalShare, normalShareSpecs } from "./normal-share.js";
import type { ParameterSpec, Parameters } from "./parameters.js";
import {
  CELL_FEATURES,
  readings,
  SIZE_FEATURES,
  type Trunk,
  type TrunkConfig,
  type TrunkInputs,
  trunk,
  trunkParameters,
} from "./trunk.js";

/** Sizes of the network. */
export interface CopulaDensityConfig extends TrunkConfig {
  /** The tower of the density. */
  tower: { width: number; blocks: number; heads: number };
}

/** What its values are made from, batch first. */
export interface ValueInputs extends TrunkInputs {
  /** Levels of one side, 0 for two numbers: [B] */
  levels: Tensor;
}

/** What the network reads, batch first. */
export interface DensityInputs extends ValueInputs {
  /** Numbers of the sample's normal copula: [B, 4] */
  normal: Tensor;
}

/** What it returns, batch first. */
export interface DensityOutputs {
  /** Quantiles of √MI, non-decreasing, unclipped: [B, 9]. */
  quantiles: Tensor;
  /** The copula density. */
  mixture: Tensor;
}

const LEVEL_FEATURES = 3;

/** Every parameter of the network, in the order of the flat vector. */
export function copulaDensityParameters(config: CopulaDensityConfig): ParameterSpec[] {
  const { width, blocks } = config.tower;
  const residual = 0.5 / Math.sqrt(2 * blocks);
  const stack = Array.from({ length: blocks }, (_, b) =>
    blockSpecs(`tower${b}`, width, config.expansion, residual),
  );
  return trunkParameters(config, [
    ...linearSpecs("levels", LEVEL_FEATURES, config.width, 0.5),
    ...linearSpecs("value.levels", LEVEL_FEATURES, config.valueWidth, 0.5),
    ...linearSpecs("tower.cells", CELL_FEATURES, width, 0.5),
    ...linearSpecs("tower.tokens", config.width, width, 0.5),
    ...linearSpecs("tower.spectrum", SPECTRUM_FEATURES, width, 0.5),
    ...linearSpecs("tower.size", SIZE_FEATURES, width, 0.5),
    { name: "tower.position", shape: [TOKENS, width], init: { deviation: 0.3 } },
    ...stack.flat(),
    ...linearSpecs("density", width, SLOTS * COMPONENT_NUMBERS, 0.1),
    ...normalShareSpecs(),
  ]);
}

/**
 * How many levels there are, [B, LEVEL_FEATURES]: whether any, their logarithm, and their part of the rows, which is what the
 * order of the levels owes to chance.
 */
function levelFeatures(levels: Tensor, n: Tensor): Tensor {
  const [batch] = levels.shape;
  const column = (t: Tensor): Tensor => t.reshape([batch, 1]);
  const some = np.minimum(levels.ref, 1);
  const log = np.log(levels.ref.add(1)).mul(0.4);
  const share = np.minimum(levels.div(n).mul(5), 1.5);
  return np.concatenate([column(some), column(log), column(share)], 1);
}

/** What the trunk says: quantiles, and tokens for the tower. Consumes its inputs. */
export function copulaValues(
  config: CopulaDensityConfig,
  p: Parameters,
  { counts, local, spectrum, n, levels }: ValueInputs,
): Trunk {
  const row = levelFeatures(levels, n.ref);
  const hint = { tokens: linear(p, "levels", row.ref), value: linear(p, "value.levels", row) };
  return trunk(config, p, { ...readings({ counts, local, n }), spectrum }, hint);
}

/** What the tower reads, batch first: the tokens of the trunk, and the features that the trunk has read. */
export interface TowerInputs extends TrunkInputs {
  /** [B, 64, width of the trunk] */
  tokens: Tensor;
  /** Quantiles of √MI: [B, 9] */
  quantiles: Tensor;
  /** [B, 4] */
  normal: Tensor;
}

/** The tower's density. Consumes its inputs. */
export function tower(
  { tower: { width, blocks, heads } }: CopulaDensityConfig,
  p: Parameters,
  { counts, local, spectrum, n, tokens, quantiles, normal }: TowerInputs,
): Tensor {
  const share = normalShare(p, { quantiles, normal: normal.ref, n: n.ref });
  const { cells, size } = readings({ counts, local, n });
  const [batch] = size.shape;
  const whole = linear(p, "tower.spectrum", np.sqrt(spectrum)).add(linear(p, "tower.size", size));
  let x = linear(p, "tower.cells", cells)
    .add(linear(p, "tower.tokens", tokens))
    .add(whole.reshape([batch, 1, width]))
    .add(p("tower.position").reshape([1, TOKENS, width]));
  for (let b = 0; b < blocks; b++) x = block(p, `tower${b}`, x, heads);
  return components(linear(p, "density", layerNorm(x)), share, normal);
}

/** Both, one after the other. Consumes its inputs. */
export function copulaDensity(
  config: CopulaDensityConfig,
  p: Parameters,
  { normal, ...inputs }: DensityInputs,
): DensityOutputs {
  const { counts, local, spectrum, n } = inputs;
  const read = { counts: counts.ref, local: local.ref, spectrum: spectrum.ref, n: n.ref };
  const { quantiles, tokens } = copulaValues(config, p, inputs);
  const fixed = lax.stopGradient(quantiles.ref);
  return { quantiles, mixture: tower(config, p, { ...read, tokens, quantiles: fixed, normal }) };
}
