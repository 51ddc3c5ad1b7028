import { numpy as np, valueAndGrad } from "@jax-js/jax";
import { beforeAll, describe, expect, test } from "vitest";
import { compile, spec } from "./compile.js";
import { batchData, initialTheta } from "./testing/data.js";
import { setupJax } from "./testing/jax-setup.js";
import { handWritten, loss, naive, parameterShapes, tinySize, trainStep } from "./testing/network.js";
import { openSession, runModel, tensor } from "./testing/session.js";

const size = tinySize;
const theta = initialTheta(size, 1);
const data = batchData(size, 2);
const s = size.side;
const batchSpecs = [
  spec([size.batch, s, s]),
  spec([size.batch]),
  spec([size.batch]),
  spec([size.batch, s, s]),
];
const batchArgs = [data.image, data.logN, data.target, data.table];
const arrays = () => batchArgs.map((x, i) => np.array(x).reshape(batchSpecs[i].shape));

beforeAll(() => setupJax("cpu"));

describe("a transformer's gradient", () => {
  for (const [name, f] of Object.entries({ naive, handWritten })) {
    test(`agrees with jax-js for every parameter (${name} derivatives)`, async () => {
      const fn = valueAndGrad((t: np.Array, a: np.Array, b: np.Array, c: np.Array, d: np.Array) =>
        loss(t, a, b, c, d, size, f),
      );
      const [a, b, c, d] = arrays();
      const [value, grad] = fn(np.array(theta), a, b, c, d) as [np.Array, np.Array];
      const expected = grad.dataSync();
      const model = compile(fn, [spec([theta.length]), ...batchSpecs]);
      const [l, g] = await runModel(model, [theta, ...batchArgs]);
      expect(l.data[0]).toBeCloseTo(value.item() as number, 5);
      let at = 0;
      for (const [parameter, shape] of parameterShapes(size)) {
        const n = shape.reduce((p, q) => p * q, 1);
        let worst = 0;
        let scale = 0;
        for (let i = at; i < at + n; i++) {
          worst = Math.max(worst, Math.abs(g.data[i] - expected[i]));
          scale = Math.max(scale, Math.abs(expected[i]));
        }
        expect(worst / scale, parameter).toBeLessThan(1e-5);
        at += n;
      }
    });
  }

  test("is one Concat, with the weights taken by one Split", () => {
    const fn = valueAndGrad((t: np.Array, a: np.Array, b: np.Array, c: np.Array, d: np.Array) =>
      loss(t, a, b, c, d, size, naive),
    );
    const { operators } = compile(fn, [spec([theta.length]), ...batchSpecs]);
    expect(operators.Split).toBe(1);
    expect(operators.Slice ?? 0).toBeLessThanOrEqual(2);
    expect(operators.Pad ?? 0).toBe(0);
    expect(operators.Expand ?? 0).toBe(0);
  });
});

describe("a training step", () => {
  test("fed with its own outputs follows jax-js for 5 steps", async () => {
    const step = trainStep(size, naive);
    const n = theta.length;
    const state = { theta: spec([n]), m: spec([n]), v: spec([n]), ema: spec([n]) };
    const model = compile(step, [state, spec([]), spec([]), spec([]), ...batchSpecs], {
      inputs: ["state", "rate", "correct1", "correct2", "image", "logN", "target", "table"],
      outputs: { state: "next" },
    });
    const session = await openSession(model.bytes);
    const zeros = () => new Float32Array(n);
    let feeds = {
      "state.theta": tensor("float32", theta, [n]),
      "state.m": tensor("float32", zeros(), [n]),
      "state.v": tensor("float32", zeros(), [n]),
      "state.ema": tensor("float32", theta, [n]),
    };
    let jaxState = { theta: np.array(theta), m: np.zeros([n]), v: np.zeros([n]), ema: np.array(theta) };
    for (let i = 0; i < 5; i++) {
      const scalars = [3e-3, 1 / (1 - 0.9 ** (i + 1)), 1 / (1 - 0.99 ** (i + 1))];
      const batch = batchData(size, 100 + i);
      const values = [batch.image, batch.logN, batch.target, batch.table];
      const rest = Object.fromEntries([
        ...["rate", "correct1", "correct2"].map((k, j) => [k, tensor("float32", [scalars[j]], [])]),
        ...["image", "logN", "target", "table"].map((k, j) => [
          k,
          tensor("float32", values[j], batchSpecs[j].shape),
        ]),
      ]);
      const out = await session.run({ ...feeds, ...rest });
      const [a, b, c, d] = values.map((x, j) => np.array(x).reshape(batchSpecs[j].shape));
      const [r, c1, c2] = scalars.map((x) => np.array(x));
      const expected = step(jaxState, r, c1, c2, a, b, c, d);
      expect(Number((out.loss.data as Float32Array)[0])).toBeCloseTo(expected.loss.item() as number, 4);
      expected.norm.dispose();
      jaxState = expected.state;
      feeds = {
        "state.theta": out["next.theta"] as never,
        "state.m": out["next.m"] as never,
        "state.v": out["next.v"] as never,
        "state.ema": out["next.ema"] as never,
      };
    }
    await session.release();
  });
});
