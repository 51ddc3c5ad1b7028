/** Worker threads of the built package. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { AbortedError, InfoNet } from "infonet";
import { expect, test } from "vitest";
import { normalPair } from "../src/testing/random.js";

const columns = Object.fromEntries(
  Array.from({ length: 12 }, (_, k) => {
    const [, y] = normalPair(k >> 1, 200, 1 - k / 12);
    // Some columns with gaps, some with ties.
    return [
      `c${k}`,
      y.map((v, i) => (k === 5 && i % 9 === 0 ? Number.NaN : k % 3 === 0 ? Math.round(v) : v)),
    ];
  }),
);

test("the same seed gives the very same numbers for one, two and three threads", async () => {
  const results = [];
  for (const threads of [1, 2, 3]) {
    const net = await InfoNet.load({ threads });
    const { pairs } = await net.matrix(columns, { seed: 9 });
    results.push(pairs);
    await net.dispose();
  }
  expect(results[0]).toHaveLength(66);
  expect(results[1]).toEqual(results[0]);
  expect(results[2]).toEqual(results[0]);
});

test("an abort ends the threads' work and keeps what was finished", async () => {
  const net = await InfoNet.load({ threads: 2 });
  const controller = new AbortController();
  const matrix = net.matrix(columns, { signal: controller.signal, onProgress: () => controller.abort() });
  const error = await matrix.catch((e: unknown) => e);
  expect(error).toBeInstanceOf(AbortedError);
  const { partial } = error as AbortedError<{ pairs: unknown[] }>;
  expect(partial.pairs.length).toBeGreaterThanOrEqual(16);
  expect(partial.pairs.length).toBeLessThan(66);
  await net.dispose();
});

test("a process ends by itself once the model is disposed of", async () => {
  const script = `
    import { InfoNet } from "infonet";
    const net = await InfoNet.load({ threads: 2 });
    const x = Array.from({ length: 50 }, (_, i) => Math.sin(i * i));
    const columns = Array.from({ length: 8 }, (_, k) => ({ name: "c" + k, values: x.map((v, i) => v + Math.sin(i * (k + 2))) }));
    const { pairs } = await net.matrix(columns);
    await net.dispose();
    console.log(pairs.length);
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], {
    cwd: import.meta.dirname,
    timeout: 60_000,
  });
  expect(stdout.trim()).toBe("28");
});
