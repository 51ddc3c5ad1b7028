/**
 * The trunk of the network and its quantiles: copula histogram → 64 tokens → pre-norm attention blocks → quantiles of √MI.
 * Optionally the tokens are merged 2 × 2 halfway: the blocks after that are wider, see the square more coarsely and cost
 * less. InfoNet (ICML 2024) encodes raw points; this reads a histogram, which is a nearly sufficient statistic of fixed size.
 */
import { GRID, LOCAL_FEATURES, SPECTRUM_FEATURES, TOKEN_GRID, TOKENS } from "infonet/copula";
import { lax, np, type Tensor } from "../runtime/jax.js";
import { block, blockSpecs, linearSpecs } from "./blocks.js";
import { layerNorm, linear, softplus, squaredRelu } from "./layers.js";
import type { ParameterSpec, Parameters } from "./parameters.js";
import { patches } from "./patches.js";

/** Sizes of the trunk and of the quantiles' head. */
export interface TrunkConfig {
  /** Width of a token. */
  width: number;
  /** Attention blocks. */
  blocks: number;
  heads: number;
  /** Hidden width of a block's perceptron, as a multiple of `width`. */
  expansion: number;
  /** Hidden width of the value head. */
  valueWidth: number;
  /** Blocks over the 16 merged tokens; none if absent. */
  coarse?: { width: number; blocks: number; heads: number };
}

/** Default sizes: those of the released weights, see docs/training.md. */
export const DEFAULT_CONFIG: TrunkConfig = {
  width: 64,
  blocks: 2,
  heads: 2,
  expansion: 2,
  valueWidth: 384,
  coarse: { width: 192, blocks: 2, heads: 4 },
};

/** Levels of the quantiles of √MI, ascending; the middle one is the point estimate. */
export const QUANTILE_LEVELS: readonly number[] = [0.05, 0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9, 0.95];

/** Column of the median among the quantiles. */
export const MEDIAN = QUANTILE_LEVELS.indexOf(0.5);

/** What the trunk reads, batch first. */
export interface TrunkInputs {
  /** [B, 64, 64] */
  counts: Tensor;
  /** [B, 64, LOCAL_FEATURES] */
  local: Tensor;
  /** [B, SPECTRUM_FEATURES] */
  spectrum: Tensor;
  /** [B] */
  n: Tensor;
}

const PATCH = GRID / TOKEN_GRID;
/** Tokens merged into one: 2 × 2. */
const MERGED = 4;
// log n enters as a line with hinges: beyond the trained range it goes on as a line.
const HINGES = [4, 4.75, 5.5, 6.25, 7, 7.75, 8.5];
/** Numbers that ln n enters as. */
export const SIZE_FEATURES = 1 + HINGES.length;
/** Numbers that a token's cells enter as. */
export const CELL_FEATURES = 2 * PATCH * PATCH + LOCAL_FEATURES;

/**
 * Parameters of the trunk and of the quantiles, in the order of the flat vector.
 *
 * @param others those of what else reads the trunk, which lie between the two
 */
export function trunkParameters(config: TrunkConfig, others: ParameterSpec[]): ParameterSpec[] {
  const { width, blocks, expansion, valueWidth, coarse } = config;
  // Residual branches start small, so that the untrained network is close to its embedding.
  const residual = 0.5 / Math.sqrt(2 * (blocks + (coarse?.blocks ?? 0)));
  const stack = (name: string, count: number, size: number): ParameterSpec[] =>
    Array.from({ length: count }, (_, b) => blockSpecs(`${name}${b}`, size, expansion, residual)).flat();
  return [
    ...linearSpecs("embed", CELL_FEATURES, width),
    { name: "position", shape: [TOKENS, width], init: { deviation: 0.3 } },
    ...linearSpecs("size", SIZE_FEATURES, width, 0.5),
    ...stack("block", blocks, width),
    ...(coarse
      ? [
          ...linearSpecs("merge", MERGED * width, coarse.width),
          ...stack("coarse", coarse.blocks, coarse.width),
          ...linearSpecs("split", coarse.width, MERGED * width, 0.5),
        ]
      : []),
    ...others,
    ...linearSpecs(
      "value.first",
      2 * (coarse ?? config).width + SIZE_FEATURES + SPECTRUM_FEATURES,
      valueWidth,
    ),
    ...linearSpecs("value.second", valueWidth, valueWidth, 0.7),
    ...linearSpecs("value.last", valueWidth, QUANTILE_LEVELS.length, 0.1),
  ];
}

/** ln n as a line with hinges, [B, SIZE_FEATURES]. */
function sizeFeatures(n: Tensor): Tensor {
  const [batch] = n.shape;
  const logN = np.log(n).reshape([batch, 1]);
  const line = logN.ref.sub(6).mul(0.5);
  const hinges = np.maximum(logN.sub(np.array(HINGES).reshape([1, HINGES.length])), 0);
  return np.concatenate([line, hinges], 1);
}

/** [B, 64 tokens, d] → [B, 16 tokens, 4 d]: neighbours 2 × 2 become one. */
function mergeTokens(tokens: Tensor): Tensor {
  const [batch, , width] = tokens.shape;
  const half = TOKEN_GRID / 2;
  return tokens
    .reshape([batch, half, 2, half, 2, width])
    .transpose([0, 1, 3, 2, 4, 5])
    .reshape([batch, half * half, MERGED * width]);
}

/** The inverse of {@link mergeTokens}. */
function splitTokens(merged: Tensor): Tensor {
  const [batch, , wide] = merged.shape;
  const half = TOKEN_GRID / 2;
  return merged
    .reshape([batch, half, half, 2, 2, wide / MERGED])
    .transpose([0, 1, 3, 2, 4, 5])
    .reshape([batch, TOKENS, wide / MERGED]);
}

/** What the trunk gives. */
export interface Trunk {
  /** Tokens of the fine scale, [B, 64, width]. */
  tokens: Tensor;
  /** Quantiles of √MI, non-decreasing, unclipped: [B, 9]. */
  quantiles: Tensor;
}

/** The inputs as the network reads them. */
export interface Readings {
  /** Everything that is known of the cells of a token, [B, 64, {@link CELL_FEATURES}]. */
  cells: Tensor;
  /** ln n as a line with hinges, [B, {@link SIZE_FEATURES}]. */
  size: Tensor;
}

/** Reads the inputs. Consumes them. */
export function readings({ counts, local, n }: Omit<TrunkInputs, "spectrum">): Readings {
  const [batch] = n.shape;
  // Two views of a cell against the count λ that independence would give it: their log ratio, which is
  // about the log density, and their difference in standard deviations, which says what is noise.
  const lambda = n.ref.mul(1 / (GRID * GRID)).reshape([batch, 1, 1]);
  const ratio = np.log(counts.ref.add(1)).sub(np.log(lambda.ref.add(1)));
  const deviation = counts.sub(lambda.ref).div(np.sqrt(lambda.add(1)));
  const compressed = np.log(deviation.ref.add(np.sqrt(np.square(deviation).add(1))));
  const cells = np.concatenate([patches(ratio, TOKEN_GRID), patches(compressed, TOKEN_GRID), local], 2);
  return { cells, size: sizeFeatures(n) };
}

/** What else may be known of a pair: a row of numbers an example, for the tokens and for the quantiles. */
export interface Hint {
  /** [B, width] */
  tokens: Tensor;
  /** [B, valueWidth] */
  value: Tensor;
}

const fixed = (x: Tensor): Tensor => lax.stopGradient(x);

/** The forward pass. The tokens send no gradient into what the quantiles are made from. Consumes its inputs. */
export function trunk(
  config: TrunkConfig,
  p: Parameters,
  { cells, size, spectrum }: Readings & { spectrum: Tensor },
  hint: Hint,
): Trunk {
  const [batch] = size.shape;
  const everywhere = (row: Tensor): Tensor => row.reshape([batch, 1, config.width]);
  let x = linear(p, "embed", cells)
    .add(p("position").reshape([1, TOKENS, config.width]))
    .add(everywhere(linear(p, "size", size.ref)))
    .add(everywhere(hint.tokens));
  for (let b = 0; b < config.blocks; b++) x = block(p, `block${b}`, x, config.heads);
  let summarised: Tensor;
  if (config.coarse) {
    let wide = linear(p, "merge", mergeTokens(layerNorm(x.ref)));
    for (let b = 0; b < config.coarse.blocks; b++) wide = block(p, `coarse${b}`, wide, config.coarse.heads);
    summarised = layerNorm(wide);
    x = fixed(x).add(splitTokens(linear(p, "split", fixed(summarised.ref))));
  } else {
    summarised = layerNorm(x.ref);
    x = fixed(x);
  }
  const tokens = layerNorm(x);

  const summary = np.concatenate([summarised.ref.mean(1), summarised.max(1), size, np.sqrt(spectrum)], 1);
  const first = squaredRelu(linear(p, "value.first", summary).add(hint.value));
  const second = squaredRelu(linear(p, "value.second", layerNorm(first)));
  return { quantiles: ascending(linear(p, "value.last", layerNorm(second))), tokens };
}

/** Turns free numbers into a non-decreasing row: the first, then running sums of softplus of the others. */
function ascending(raw: Tensor): Tensor {
  const [batch, levels] = raw.shape;
  const first = raw.ref.slice([0, batch], [0, 1]);
  const steps = softplus(raw.slice([0, batch], [1, levels]).sub(3));
  const sums = np.array(
    Array.from({ length: levels - 1 }, (_, i) => Array.from({ length: levels }, (_, j) => (j > i ? 1 : 0))),
  );
  return np.matmul(steps, sums).add(first);
}
