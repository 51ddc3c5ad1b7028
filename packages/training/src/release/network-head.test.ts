import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { LevelHead, MOST_LEARNT_ROWS, RowsHead } from "infonet/internal/release";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FIRST, type HeadExamples } from "../heads/examples.js";
import { startJax } from "../runtime/jax.js";
import { levelExamples } from "./level-examples.js";
import { makeNetworkHead } from "./network-head.js";
import { openQuantileModel, type QuantileModel } from "./quantile-model.js";
import { rowsExamples } from "./rows-examples.js";

const RELEASED = fileURLToPath(new URL("../../../infonet/model", import.meta.url));

/** Number of a draw that has a little more than 300,000 rows if it is fresh. */
const BEYOND = 67;

let model: QuantileModel;

beforeAll(async () => {
  await startJax();
  model = await openQuantileModel(RELEASED);
});

afterAll(() => model.close());

/** The draws from one on, as if they had been drawn alone. */
const rest = ({ inputs, width, targets, mi, n }: HeadExamples, first: number) => ({
  inputs: [...inputs.subarray(first * width)],
  ...{ targets: [...targets.subarray(first)], mi: [...mi.subarray(first)], n: [...n.subarray(first)] },
});

describe.each([
  { kind: "levels" as const, draw: levelExamples, count: 80, most: 10_000 },
  { kind: "rows" as const, draw: rowsExamples, count: 3, most: 300_000 },
])("examples of $kind", ({ draw, count, most }) => {
  test("depend on their numbers alone; targets are errors of the network in the head's unit", async () => {
    const first = FIRST.evaluation;
    const all = await draw(model, { seed: 4, first, count }, {});
    const some = await draw(model, { seed: 4, first: first + 2, count: count - 2 }, {});
    expect(rest(all, 2)).toEqual(rest(some, 0));
    for (let k = 0; k < count; k++) {
      expect(all.targets[k]).toBeCloseTo((all.mi[k] - all.base[k]) / all.scale[k], 12);
      expect(all.n[k]).toBeLessThanOrEqual(most);
    }
    expect([...all.inputs].every(Number.isFinite)).toBe(true);
  });

  test("end with the signal's reason", async () => {
    const stop = AbortSignal.abort(new Error("interrupted"));
    await expect(draw(model, { seed: 4, first: 0, count: 1 }, { signal: stop })).rejects.toThrow(
      "interrupted",
    );
  });
});

test("fresh draws of many rows have more of them than those to learn from", async () => {
  const drawn = { seed: 4, first: FIRST.evaluation + BEYOND, count: 1 };
  const [learnt, fresh] = [false, true].map((fresh) => rowsExamples(model, { ...drawn, fresh }, {}));
  expect((await learnt).n[0]).toBeLessThanOrEqual(MOST_LEARNT_ROWS);
  expect((await fresh).n[0]).toBeGreaterThan(MOST_LEARNT_ROWS);
});

test("the released head of levels comes nearer to the truth than the network alone, and its interval holds about nine in ten", async () => {
  const document = JSON.parse(readFileSync(`${RELEASED}/levels.json`, "utf8"));
  const draws = { seed: 7, first: FIRST.evaluation, count: 400 };
  const { count, width, inputs, base, scale, mi, n } = await levelExamples(model, draws, {});
  const head = new LevelHead(document, model.weights);
  const answers = Array.from({ length: count }, (_, k) => {
    const summary = inputs.subarray(k * width, (k + 1) * width);
    return head.answer({ n: n[k], base: base[k], scale: scale[k], summary });
  });
  const error = (estimate: (k: number) => number): number =>
    Math.sqrt(mi.reduce((sum, truth, k) => sum + (estimate(k) - truth) ** 2, 0) / count);
  expect(error((k) => Math.max(0, answers[k][head.median]))).toBeLessThan(0.9 * error((k) => base[k]));
  const held = answers.filter((own, k) => own[0] <= mi[k] && mi[k] <= Math.max(0, own[own.length - 1]));
  expect(held.length / count).toBeGreaterThan(0.83);
  expect(held.length / count).toBeLessThan(0.97);
});

test.each([
  { kind: "levels" as const, Kind: LevelHead },
  { kind: "rows" as const, Kind: RowsHead },
])(
  "a head of $kind is one that the library takes, and the same seed gives the same one",
  async ({ kind, Kind }) => {
    const options = { draws: 2, calibrationDraws: 2, epochs: 1, seed: 1 };
    const document = await makeNetworkHead(kind, model, options);
    expect(new Kind(document, model.weights).inputs).toBe(document.head.mean.length);
    expect(await makeNetworkHead(kind, model, options)).toEqual(document);
  },
);
