/** How a model is loaded, and results told as they come. */
import { expect, test } from "vitest";
import { AbortedError, InfoNet, type MatrixCell, type Progress } from "./index.js";
import { normalPair } from "./testing/random.js";

const columns = Object.fromEntries(
  Array.from({ length: 9 }, (_, k) => {
    const [x, y] = normalPair(k, 60, k / 10);
    return [`c${k}`, k === 0 ? [...x].map((value) => (value > 0 ? "high" : "low")) : y];
  }),
);

test("a load tells the bytes of the model, all of them at its end", async () => {
  const told: Progress[] = [];
  const net = await InfoNet.load({ onProgress: (progress) => told.push(progress), warmup: true });
  const last = told.at(-1)!;
  expect(last.done).toBe(last.total);
  expect(last.total).toBeGreaterThan(5_000_000);
  for (const [k, { done, total }] of told.entries()) {
    expect(done).toBeLessThanOrEqual(total);
    expect(done).toBeGreaterThan(told[k - 1]?.done ?? 0);
  }
  // The gradients' graphs are read later, when nobody listens any more.
  await net.gradient(normalPair(1, 20, 0.5)[0], normalPair(1, 20, 0.5)[1], { through: "estimate" });
  expect(told.at(-1)).toBe(last);
  await net.dispose();
});

test("a load that is aborted, before it begins or on its way, throws AbortedError", async () => {
  const before = await InfoNet.load({ signal: AbortSignal.abort("enough") }).catch((error: unknown) => error);
  expect(before).toBeInstanceOf(AbortedError);
  expect(before).toMatchObject({ cause: "enough", message: expect.stringMatching(/bytes/) });
  const controller = new AbortController();
  const { signal } = controller;
  const amid = InfoNet.load({ signal, onProgress: () => controller.abort("later") });
  await expect(amid).rejects.toMatchObject({ name: "AbortError", cause: "later" });
});

test("a matrix tells every cell once, as it comes, with all that the matrix has but q-values", async () => {
  const net = await InfoNet.load();
  const told: MatrixCell[][] = [];
  const matrix = await net.matrix(columns, { onPairs: (cells) => told.push(cells) });
  const cells = told.flat();
  expect(told.length).toBeGreaterThan(1);
  expect(cells).toHaveLength(matrix.pairs.length);
  for (const cell of cells) expect({ ...matrix.get(cell.x, cell.y), qValue: undefined }).toEqual(cell);

  const controller = new AbortController();
  const seen: MatrixCell[] = [];
  const onPairs = (more: MatrixCell[]): void => {
    seen.push(...more);
    controller.abort();
  };
  const error = await net
    .matrix(columns, { signal: controller.signal, onPairs })
    .catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(AbortedError);
  const { partial } = error as AbortedError<typeof matrix>;
  expect(new Set(seen.map(({ x, y }) => `${x} ${y}`))).toEqual(
    new Set(partial.pairs.map(({ x, y }) => `${x} ${y}`)),
  );
  await expect(net.matrix(columns, { onPairs: 1 as never })).rejects.toThrow(/onPairs is 1; pass a function/);
  await net.dispose();
});
