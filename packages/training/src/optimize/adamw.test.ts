import { compile, spec } from "jax-onnx";
import { beforeAll, expect, test } from "vitest";
import { normalDraws } from "../network/normal-draws.js";
import type { ParameterSpec } from "../network/parameters.js";
import { np, startJax, type Tensor } from "../runtime/jax.js";
import { floats, openSession, scalar, tensor } from "../runtime/onnx-runtime.js";
import { type AdamWConfig, adamW, DEFAULT_ADAMW, orthogonalize } from "./adamw.js";

beforeAll(() => startJax());

const filled = (seed: number, size: number): Float32Array<ArrayBuffer> => {
  const draw = normalDraws(seed);
  return Float32Array.from({ length: size }, draw);
};

test.each([
  [6, 6],
  [4, 9],
  [9, 4],
])("orthogonalised %i × %i matrices have singular values near 1", async (rows, columns) => {
  const input = filled(rows, 2 * rows * columns);
  const output = (await orthogonalize(np.array(input).reshape([2, rows, columns])).data()) as Float32Array;
  for (let k = 0; k < 2; k++) {
    const m = output.subarray(k * rows * columns, (k + 1) * rows * columns);
    // ‖XᵀX‖ over the short side: a trace of the squared singular values.
    const short = Math.min(rows, columns);
    const trace = m.reduce((sum, value) => sum + value * value, 0);
    expect(trace / short).toBeGreaterThan(0.5);
    expect(trace / short).toBeLessThan(1.5);
    // The nearest orthogonal matrix lies on the side of the input.
    const inner = m.reduce((sum, value, i) => sum + value * input[k * rows * columns + i], 0);
    expect(inner).toBeGreaterThan(0);
  }
});

const specs: ParameterSpec[] = [
  { name: "embed.weight", shape: [3, 4], init: { constant: 0 } },
  { name: "block0.up.weight", shape: [4, 6], init: { constant: 0 } },
  { name: "block0.up.bias", shape: [6], init: { constant: 0 } },
  { name: "block0.down.weight", shape: [6, 4], init: { constant: 0 } },
  { name: "coarse0.up.weight", shape: [4, 6], init: { constant: 0 } },
  { name: "tower0.up.weight", shape: [4, 6], init: { constant: 0 } },
  { name: "density.bias", shape: [5], init: { constant: 0 } },
];
const count = 12 + 24 + 6 + 24 + 24 + 24 + 5;

/** One step from a state without moments, by ONNX Runtime. */
async function stepOf(
  change: Partial<AdamWConfig>,
  gradient: Float32Array,
  start = new Float32Array(count),
): Promise<Float32Array> {
  const config = { ...DEFAULT_ADAMW, weightDecay: 0, ...change };
  const run = (theta: Tensor, g: Tensor, rate: Tensor): Tensor => {
    const zeros = (): Tensor => np.zeros([count]);
    const { state, norm } = adamW(config, specs, { theta, m: zeros(), v: zeros(), average: zeros() }, g, {
      rate,
      correction1: np.array(1 / (1 - config.beta1)),
      correction2: np.array(1 / (1 - config.beta2)),
      averageDecay: np.array(0),
    });
    norm.dispose();
    for (const rest of [state.m, state.v, state.average]) rest.dispose();
    return state.theta;
  };
  const { bytes } = compile(run, [spec([count]), spec([count]), spec([])], {
    inputs: ["theta", "g", "rate"],
    outputs: ["next"],
  });
  const session = await openSession(bytes);
  const outputs = await session.run({
    theta: tensor(start, [count]),
    g: tensor(gradient, [count]),
    rate: scalar(1),
  });
  return floats(outputs.next);
}

test("only the matrices of blocks take orthogonalised steps; all steps go down", async () => {
  const gradient = filled(3, count);
  const plain = await stepOf({ orthogonal: false }, gradient);
  const steps = await stepOf({ orthogonal: true }, gradient);
  let at = 0;
  for (const { name, shape } of specs) {
    const size = shape.reduce((a, b) => a * b, 1);
    const [a, b, g] = [plain, steps, gradient].map((v) => v.subarray(at, at + size));
    at += size;
    if (/^(block|coarse|tower).*weight$/.test(name)) {
      // From zero momentum the direction is the gradient's, and only directions matter.
      const [rows, columns] = shape;
      const nearest = await orthogonalize(np.array(g).reshape([1, rows, columns])).data();
      const scale = -0.2 * Math.sqrt(Math.max(rows, columns));
      for (const [i, value] of (nearest as Float32Array).entries())
        expect(b[i]).toBeCloseTo(scale * value, 4);
    } else expect([...b]).toEqual([...a]);
    expect(
      b.reduce((sum, value, i) => sum + value * g[i], 0),
      name,
    ).toBeLessThan(0);
  }
});

test("gentle parameters take a share of their step, decay included, all others the whole of theirs", async () => {
  const [gradient, start] = [filled(3, count), filled(4, count)];
  const names = ["embed.weight", "block0.up.bias", "coarse0.up.weight", "density.bias"];
  for (const orthogonal of [false, true]) {
    const usual = { orthogonal, weightDecay: 0.1 };
    const whole = await stepOf(usual, gradient, start);
    const gentle = await stepOf({ ...usual, gentle: { share: 0.3, names } }, gradient, start);
    let at = 0;
    for (const { name, shape } of specs) {
      const end = at + shape.reduce((a, b) => a * b, 1);
      const share = names.includes(name) ? 0.3 : 1;
      for (; at < end; at++) {
        expect(gentle[at] - start[at], name).toBeCloseTo(share * (whole[at] - start[at]), 5);
      }
    }
  }
});
