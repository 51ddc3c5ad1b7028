/** Worker threads of the built package. */
import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { AbortedError, type DependenceMatrix, InfoNet, InfoNetError, type MatrixCell } from "infonet";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { normalVectors } from "../src/testing/matrices.js";
import { normalPair } from "../src/testing/random.js";

type EstimatedCell = Extract<MatrixCell, { mi: number }>;

const columns = Object.fromEntries(
  Array.from({ length: 14 }, (_, k) => {
    const [, y] = normalPair(k >> 1, 200, 1 - k / 12);
    // Some columns with gaps, some with ties.
    return [
      `c${k}`,
      y.map((v, i) => (k === 5 && i % 9 === 0 ? Number.NaN : k % 3 === 0 ? Math.round(v) : v)),
    ];
  }),
);

/** A call that waits for threads for ever, until the model is disposed of. */
const HANGING = `
  const call = errorOf(pairs());
  await new Promise((resolve) => setTimeout(resolve, 1000));
  await net.dispose();
  console.log(await call);
`;

const [X, Y] = normalVectors(4, 200, 4, 2, 0.7);
const several = Array.from({ length: 20 }, (_, k) => normalPair(k, 150, k / 20));
const [x, y] = normalPair(7, 200, 0.5);
/** Copulas that change: the first column of X shares the more with y, the larger the others are, and with either sign. */
const [Z] = normalVectors(8, 250, 3, 0, 0);
const [noise] = normalPair(9, 250, 0);
const turning = noise.map((value, i) => Z.data[3 * i] * Z.data[3 * i + 1] + 0.3 * value);

describe("one thread and three give the very same numbers", () => {
  let one: InfoNet;
  let three: InfoNet;
  beforeAll(async () => {
    [one, three] = await Promise.all([1, 3].map((threads) => InfoNet.load({ threads })));
  });
  afterAll(() => Promise.all([one, three].map((net) => net.dispose())));

  test.each<[string, (net: InfoNet) => Promise<unknown>]>([
    ["matrix", (net) => net.matrix(columns, { seed: 9 }).then(({ pairs }) => pairs)],
    ["matrix in two stages", (net) => net.matrix(columns, { screen: 0.01 })],
    ["estimateMany", (net) => net.estimateMany(several)],
    ["joint", (net) => net.joint(X, Y, { seed: 2 })],
    ["joint where copulas change", (net) => net.joint(Z, turning)],
    ["conditional", (net) => net.conditional(x, y, X, { permutations: 40 })],
    ["sliced", (net) => net.sliced(X, Y, { minSlices: 32, tolerance: 0.02 })],
    ["sliced in two dimensions", (net) => net.sliced(X, Y, { dimensions: 2, slices: 48 })],
    ["maxSliced", (net) => net.maxSliced(X, Y, { rounds: 4 })],
    ["independence", (net) => net.independence(X, Y, { permutations: 99 })],
    [
      "gradientMany through the estimate",
      (net) => net.gradientMany([...several, [x, new Float64Array(200)]], { through: "estimate" }),
    ],
    ["gradientMany through the critic", (net) => net.gradientMany(several, { through: "critic" })],
    ["slicedGradient", (net) => net.slicedGradient(X, Y, { through: "critic" })],
  ])("%s", async (_, call) => {
    expect(await call(three)).toEqual(await call(one));
  });
});

test("an abort ends the threads' work and keeps what was finished", async () => {
  const net = await InfoNet.load({ threads: 2 });
  const controller = new AbortController();
  const matrix = net.matrix(columns, { signal: controller.signal, onProgress: () => controller.abort() });
  const error = await matrix.catch((e: unknown) => e);
  expect(error).toBeInstanceOf(AbortedError);
  const { partial } = error as AbortedError<{ pairs: unknown[] }>;
  expect(partial.pairs.length).toBeGreaterThanOrEqual(16);
  expect(partial.pairs.length).toBeLessThan(91);
  await net.dispose();
});

test("dispose ends the threads' work and keeps what was finished, bit for bit", async () => {
  const net = await InfoNet.load({ threads: 2 });
  const whole = await net.matrix(columns);
  const disposals: Promise<void>[] = [];
  const matrix = net.matrix(columns, { onProgress: () => void disposals.push(net.dispose()) });
  const error = (await matrix.catch((e: unknown) => e)) as AbortedError<DependenceMatrix>;
  await Promise.all(disposals);
  expect(error).toBeInstanceOf(AbortedError);
  expect(error.cause).toMatchObject({ name: "InfoNetError", code: "disposed" });
  expect(error.partial.pairs.length).toBeGreaterThanOrEqual(16);
  expect(error.partial.pairs.length).toBeLessThan(91);
  for (const { x, y, qValue: _, ...cell } of error.partial.pairs as EstimatedCell[]) {
    expect(whole.get(x, y)).toMatchObject(cell);
  }
});

test("a damaged model is told as such by the threads; once it is whole, the next call works", async () => {
  const folder = await mkdtemp(join(tmpdir(), "infonet-model-"));
  try {
    await cp(fileURLToPath(new URL("../model", import.meta.url)), folder, { recursive: true });
    const path = join(folder, "values-16.onnx");
    const bytes = await readFile(path);
    await writeFile(path, bytes.subarray(1));
    await using net = await InfoNet.load({ threads: 2, model: folder });
    const error = await net.matrix(columns).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(InfoNetError);
    expect(error).toMatchObject({
      code: "model",
      message: expect.stringMatching(/^values-16\.onnx has \d+ bytes/),
    });
    await writeFile(path, bytes);
    expect((await net.matrix(columns)).pairs).toHaveLength(91);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

/** What a process says that runs a script with 28 pairs for two threads, and ends by itself. */
async function said(script: string, { inThreads = "" } = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "infonet-threads-"));
  try {
    // Threads check the hash of what they read: there they are made to fail, as long as the flag is there.
    const preload = `
      import { existsSync } from "node:fs";
      import { isMainThread } from "node:worker_threads";
      const { subtle } = crypto;
      const digest = subtle.digest.bind(subtle);
      const fail = () => { ${inThreads} };
      if (!isMainThread) subtle.digest = (...all) => (existsSync(process.env.FLAG) ? fail() : digest(...all));
    `;
    const flag = join(folder, "flag");
    await writeFile(flag, "");
    await writeFile(join(folder, "preload.mjs"), preload);
    const whole = `
      import { rmSync } from "node:fs";
      import { InfoNet, InfoNetError } from ${JSON.stringify(import.meta.resolve("infonet"))};
      const net = await InfoNet.load({ threads: 2 });
      const x = Array.from({ length: 50 }, (_, i) => Math.sin(i * i));
      const columns = Array.from({ length: 8 }, (_, k) => ({ name: "c" + k, values: x.map((v, i) => v + Math.sin(i * (k + 2))) }));
      const pairs = () => net.matrix(columns).then(({ pairs }) => pairs.length);
      const errorOf = (call) => call.then(String, (e) => [e instanceof InfoNetError, e.name, e.code ?? e.cause.code, e.message].join(" "));
      ${script}
    `;
    await writeFile(join(folder, "script.mjs"), whole);
    const preloading = inThreads === "" ? [] : ["--import", pathToFileURL(join(folder, "preload.mjs")).href];
    const { stdout } = await promisify(execFile)(
      process.execPath,
      // Little memory, so that it can be used up soon.
      ["--max-old-space-size=100", ...preloading, join(folder, "script.mjs")],
      { env: { ...process.env, FLAG: flag }, timeout: 60_000 },
    );
    return stdout.trim();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

test.each([
  ["once the model is disposed of", "console.log(await pairs()); await net.dispose();", ""],
  ["without dispose, when nothing is under way", "console.log(await pairs());", ""],
  ["when threads hang, once the model is disposed of", HANGING, "while (true);"],
])("a process ends by itself %s", async (_, script, inThreads) => {
  expect(await said(script, { inThreads })).toMatch(
    /^(28|false AbortError disposed ended by dispose\(\) after 0 of 28 pairs; .*)$/,
  );
});

test("threads that never had anything to do are ended with the others, not waited for", async () => {
  const script = `
    const many = await InfoNet.load({ threads: 6 });
    await many.estimateMany(Array.from({ length: 20 }, () => [x, columns[0].values]));
    const patience = new Promise((resolve) => setTimeout(resolve, 4500, "waited for"));
    console.log(await Promise.race([many.dispose().then(() => "ended"), patience]));
  `;
  expect(await said(script)).toBe("ended");
});

test("threads may be ended at any moment, also while they start", async () => {
  const script = `
    let ended = 0;
    for (let wait = 0; wait < 1200; wait += 200) {
      const model = await InfoNet.load({ threads: 2 });
      const call = (async () => { for (;;) await model.matrix(columns); })().catch(({ cause, code }) => cause?.code ?? code);
      await new Promise((resolve) => setTimeout(resolve, wait));
      await model.dispose();
      if ((await call) === "disposed") ended++;
    }
    console.log(ended);
  `;
  expect(await said(script)).toBe("6");
});

test("a process may end itself amid a call", async () => {
  const script = "setTimeout(() => process.exit(0), 1200); for (;;) console.log(await pairs());";
  expect(await said(script)).toMatch(/^(28\s*)*$/);
});

test.each([
  ["end", "process.exit(7)", /lost \(worker exited with code: 7\)/],
  [
    "have no memory left",
    "for (const all = []; ; ) all.push(new Array(1e6).fill(all.length));",
    /lost \(.*memory.*\)/,
  ],
])(
  "threads that %s refuse the call with the remedy, and the next call has new ones",
  async (_, inThreads, message) => {
    const script = `
    console.log(await errorOf(pairs()));
    rmSync(process.env.FLAG);
    console.log(await pairs());
    await net.dispose();
  `;
    const [first, second] = (await said(script, { inThreads })).split("\n");
    expect(first).toMatch(/^true InfoNetError worker a worker thread was lost/);
    expect(first).toMatch(message);
    expect(second).toBe("28");
  },
);
