import { lax, nn, numpy as np, valueAndGrad } from "@jax-js/jax";

/**
 * A small transformer of the kind this compiler is for: an image is cut into patches, passes through attention
 * blocks, and is read out as quantiles and as a table of scores. All weights are slices of one vector.
 */
export interface NetworkSize {
  batch: number;
  /** Side of the square input. */
  side: number;
  /** Side of a patch; there are `(side / patch)²` tokens. */
  patch: number;
  width: number;
  heads: number;
  hidden: number;
  blocks: number;
  quantiles: number;
}

export const fullSize: NetworkSize = {
  batch: 32,
  side: 64,
  patch: 8,
  width: 128,
  heads: 4,
  hidden: 256,
  blocks: 4,
  quantiles: 16,
};

export const tinySize: NetworkSize = {
  ...fullSize,
  batch: 3,
  side: 8,
  patch: 2,
  width: 8,
  heads: 2,
  hidden: 12,
  blocks: 2,
  quantiles: 5,
};

type A = np.Array;
type Activations = {
  layerNorm(x: A): A;
  softmax(x: A): A;
  silu(x: A): A;
};

/** Activations as jax-js writes and differentiates them. */
export const naive: Activations = {
  layerNorm(x) {
    const mean = x.ref.mean(-1, { keepdims: true });
    const centred = x.sub(mean);
    const variance = np.square(centred.ref).mean(-1, { keepdims: true });
    return centred.div(np.sqrt(variance.add(1e-5)));
  },
  softmax: (x) => nn.softmax(x, -1),
  silu: (x) => nn.silu(x) as A,
};

/** `value` forward, with the derivative of `surrogate`, which must be linear in what is differentiated. */
function withSlope(value: A, surrogate: A): A {
  return lax.stopGradient(value).add(surrogate.ref.sub(lax.stopGradient(surrogate))) as A;
}

/** The same activations with derivatives written by hand in terms of the forward value. */
export const handWritten: Activations = {
  layerNorm(x) {
    const mean = x.ref.mean(-1, { keepdims: true });
    const centred = x.ref.sub(mean);
    const variance = np.square(centred.ref).mean(-1, { keepdims: true });
    const scale = lax.stopGradient(np.reciprocal(np.sqrt(variance.add(1e-5)))) as A;
    const y = lax.stopGradient(centred.mul(scale.ref)) as A;
    const along = y.ref.mul(x.ref).mean(-1, { keepdims: true });
    const across = x.ref.mean(-1, { keepdims: true });
    const slope = x.sub(across).sub(y.ref.mul(along)).mul(scale);
    return withSlope(y, slope);
  },
  softmax(x) {
    const y = lax.stopGradient(nn.softmax(x.ref, -1)) as A;
    const along = y.ref.mul(x.ref).sum(-1, { keepdims: true });
    return withSlope(y.ref, y.mul(x.sub(along)));
  },
  silu(x) {
    const s = lax.stopGradient(nn.sigmoid(x.ref)) as A;
    const y = lax.stopGradient(x.ref.mul(s.ref)) as A;
    // d(x·s)/dx = s + y·(1 − s)
    const slope = s.ref.add(y.ref.mul(np.subtract(1, s)));
    return withSlope(y, x.mul(lax.stopGradient(slope) as A));
  },
};

/** Names and shapes of the parameters, in the order in which they lie in the vector. */
export function parameterShapes(s: NetworkSize): [string, number[]][] {
  const tokens = (s.side / s.patch) ** 2;
  const shapes: [string, number[]][] = [
    ["embed.w", [s.patch ** 2, s.width]],
    ["embed.b", [s.width]],
    ["position", [tokens, s.width]],
    ["time.w", [8, s.width]],
  ];
  for (let i = 0; i < s.blocks; i++) {
    for (const m of ["q", "k", "v", "o"]) shapes.push([`${i}.${m}`, [s.width, s.width]]);
    shapes.push(
      [`${i}.g1`, [s.width]],
      [`${i}.c1`, [s.width]],
      [`${i}.g2`, [s.width]],
      [`${i}.c2`, [s.width]],
    );
    shapes.push([`${i}.up`, [s.width, s.hidden]], [`${i}.ub`, [s.hidden]]);
    shapes.push([`${i}.down`, [s.hidden, s.width]], [`${i}.db`, [s.width]]);
  }
  shapes.push(["cells.w", [s.width, s.patch ** 2]], ["cells.b", [s.patch ** 2]]);
  shapes.push(
    ["head.w", [2 * s.width, s.width]],
    ["head.b", [s.width]],
    ["head.out", [s.width, s.quantiles]],
    ["head.c", [s.quantiles]],
  );
  return shapes;
}

const count = (shape: number[]): number => shape.reduce((a, b) => a * b, 1);

export const parameterCount = (s: NetworkSize): number =>
  parameterShapes(s).reduce((n, [, shape]) => n + count(shape), 0);

/** Cuts the vector into named parameters. */
export function unpack(theta: A, s: NetworkSize): Map<string, A> {
  const map = new Map<string, A>();
  let at = 0;
  for (const [name, shape] of parameterShapes(s)) {
    map.set(name, theta.ref.slice([at, at + count(shape)]).reshape(shape));
    at += count(shape);
  }
  theta.dispose();
  return map;
}

/** Quantiles [batch, quantiles] and cell scores [batch, side, side] for images [batch, side, side]. */
export function network(theta: A, image: A, logN: A, s: NetworkSize, f: Activations): [A, A] {
  const p = unpack(theta, s);
  const take = (name: string): A => p.get(name)!.ref;
  const { batch: b, patch, width: d, heads: h } = s;
  const grid = s.side / patch;
  const tokens = grid * grid;
  const patches = np
    .log1p(image)
    .reshape([b, grid, patch, grid, patch])
    .transpose([0, 1, 3, 2, 4])
    .reshape([b, tokens, patch * patch]);
  const frequency = np.exp(np.arange(4).astype(np.float32).mul(-0.5)) as A;
  const angle = logN.reshape([b, 1]).mul(frequency);
  const time = np.concatenate([np.sin(angle.ref), np.cos(angle)], 1);
  let x: A = np.matmul(patches, take("embed.w")).add(take("embed.b")).add(take("position"));
  x = x.add(np.matmul(time, take("time.w")).reshape([b, 1, d]));
  for (let i = 0; i < s.blocks; i++) {
    const y = f
      .layerNorm(x.ref)
      .mul(take(`${i}.g1`))
      .add(take(`${i}.c1`));
    const split = (w: string): A => np.matmul(y.ref, take(`${i}.${w}`)).reshape([b, tokens, h, d / h]);
    const scores = np.einsum("bthe,bshe->bhts", split("q"), split("k")).mul(1 / Math.sqrt(d / h));
    const mixed = np.einsum("bhts,bshe->bthe", f.softmax(scores), split("v"));
    y.dispose();
    x = x.add(np.matmul(mixed.reshape([b, tokens, d]), take(`${i}.o`)));
    const z = f
      .layerNorm(x.ref)
      .mul(take(`${i}.g2`))
      .add(take(`${i}.c2`));
    const up = f.silu(np.matmul(z, take(`${i}.up`)).add(take(`${i}.ub`)));
    x = x.add(np.matmul(up, take(`${i}.down`)).add(take(`${i}.db`)));
  }
  x = f.layerNorm(x);
  const cells = np
    .matmul(x.ref, take("cells.w"))
    .add(take("cells.b"))
    .reshape([b, grid, grid, patch, patch])
    .transpose([0, 1, 3, 2, 4])
    .reshape([b, s.side, s.side]);
  const pooled = np.concatenate([x.ref.mean(1), x.max(1)], 1);
  const hidden = f.silu(np.matmul(pooled, take("head.w")).add(take("head.b")));
  const quantiles = np.matmul(hidden, take("head.out")).add(take("head.c"));
  for (const v of p.values()) v.dispose();
  return [quantiles, cells];
}

/** Pinball loss of the quantiles, smooth L1 of the scores and a log-partition term. */
export function loss(theta: A, image: A, logN: A, target: A, table: A, s: NetworkSize, f: Activations): A {
  const [quantiles, cells] = network(theta, image, logN, s, f);
  const level = np
    .arange(s.quantiles)
    .astype(np.float32)
    .add(0.5)
    .mul(1 / s.quantiles);
  const miss = target.reshape([s.batch, 1]).sub(quantiles);
  const pinball = np.maximum(miss.ref.mul(level.ref), miss.mul(level.sub(1))).mean();
  const error = np.abs(cells.ref.sub(table)) as A;
  const smooth = np.where(error.ref.less(1), np.square(error.ref).mul(0.5), error.sub(0.5)).mean();
  const partition = nn.logsumexp(cells.reshape([s.batch, s.side * s.side]), 1).sub(Math.log(s.side * s.side));
  return pinball.add(smooth).add(np.square(partition).mean().mul(0.1));
}

/** State of the optimiser: parameters, moments and a running average of the parameters. */
export interface State {
  theta: A;
  m: A;
  v: A;
  ema: A;
}

/** One AdamW step with clipping by the global norm; the bias corrections and the rate are inputs. */
export function trainStep(s: NetworkSize, f: Activations) {
  return (state: State, rate: A, correct1: A, correct2: A, image: A, logN: A, target: A, table: A) => {
    const { theta, m, v, ema } = state;
    const objective = (t: A): A => loss(t, image, logN, target, table, s, f);
    const [value, raw] = valueAndGrad(objective)(theta.ref) as [A, A];
    const norm = np.sqrt(np.square(raw.ref).sum()) as A;
    const g = raw.mul(np.minimum(1, np.reciprocal(norm.ref.add(1e-6)))) as A;
    const m1 = m.mul(0.9).add(g.ref.mul(0.1)) as A;
    const v1 = v.mul(0.99).add(np.square(g).mul(0.01)) as A;
    const step = m1.ref.mul(correct1).div(np.sqrt(v1.ref.mul(correct2)).add(1e-8)) as A;
    const theta1 = theta.ref.sub(rate.mul(step.add(theta.mul(0.01)))) as A;
    const ema1 = ema.mul(0.99).add(theta1.ref.mul(0.01)) as A;
    return { state: { theta: theta1, m: m1, v: v1, ema: ema1 }, loss: value, norm };
  };
}
