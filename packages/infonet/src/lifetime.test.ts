/** What a loaded model holds, when it lets go of it, and what becomes of calls that are under way then. */

import type { InferenceSession } from "onnxruntime-common";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Task, Threads } from "./engine/task.js";
import { AbortedError } from "./errors.js";
import { InfoNet } from "./infonet.js";
import { Network, type Runtime } from "./network/network.js";
import { platform } from "./platform/node.js";
import type { ThreadOptions } from "./platform/types.js";
import { normalVectors } from "./testing/matrices.js";
import { normalPair } from "./testing/random.js";

/** Sessions of ONNX Runtime that were opened, and those that were released. */
const sessions = { opened: 0, released: 0 };
/** Pools that were opened, and how they were closed. */
const pools: { options: ThreadOptions; closed: number; refuse: (error: Error) => void }[] = [];
/** Runs once when the network is run next. */
let onRun: (() => void) | undefined;

beforeEach(() => {
  Object.assign(sessions, { opened: 0, released: 0 });
  pools.length = 0;
  onRun = undefined;
  const loadRuntime = platform.loadRuntime;
  vi.spyOn(platform, "loadRuntime").mockImplementation(async (wasm) => {
    const runtime: Runtime = await loadRuntime(wasm);
    return {
      ...runtime,
      async open(model) {
        const session = await runtime.open(model);
        sessions.opened++;
        return {
          run: (feeds: InferenceSession.FeedsType) => {
            onRun?.();
            return session.run(feeds);
          },
          release: () => {
            sessions.released++;
            return session.release();
          },
        } as InferenceSession;
      },
    };
  });
  // A pool of two that answers the first batch with zeros and none of the others.
  vi.spyOn(platform, "openThreads").mockImplementation(async (options) => {
    const waiting = new Set<(error: Error) => void>();
    let answered = false;
    const pool = {
      options,
      closed: 0,
      refuse: (error: Error) => {
        options.onEnd();
        for (const reject of waiting) reject(error);
      },
    };
    pools.push(pool);
    const threads: Threads = {
      parallel: 2,
      run: <Input, Output>(_: Task<Input, Output>, input: Input) =>
        new Promise<Output>((resolve, reject) => {
          const pairs = (input as Uint32Array[]).length;
          if (!answered) resolve(new Float32Array(pairs * 9) as Output);
          else waiting.add(reject);
          answered = true;
        }),
      close: async () => {
        pool.closed++;
        const { disposedError } = await import("./errors.js");
        pool.refuse(disposedError());
      },
    };
    return threads;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

const [x, y] = normalPair(3, 40, 0.5);
const [X, Y] = normalVectors(31, 60, 2, 1, 0.7);
const pairs = Array.from({ length: 40 }, (_, k) => normalPair(k, 30, 0.5));
const columns = Object.fromEntries(pairs.slice(0, 8).map(([a], k) => [`c${k}`, a]));

/** The calls that look at a signal between their parts, and in what they count. */
const LONG = {
  estimateMany: { unit: "pairs", call: (net, options) => net.estimateMany(pairs, options) },
  matrix: { unit: "pairs", call: (net, options) => net.matrix(columns, options) },
  gradientMany: {
    unit: "pairs",
    call: (net, options) => net.gradientMany(pairs, { ...options, through: "estimate" }),
  },
  slicedGradient: {
    unit: "slices",
    call: (net, options) => net.slicedGradient(X, Y, { ...options, through: "estimate" }),
  },
  joint: { unit: "pairs", call: (net, options) => net.joint(X, Y, options) },
  conditional: {
    unit: "pairs",
    call: (net, options) => net.conditional(x, y, { data: [...x, ...y], width: 2 }, options),
  },
  select: { unit: "columns", call: (net, options) => net.select(columns, Object.keys(columns)[0], options) },
  network: { unit: "pairs", call: (net, options) => net.network(columns, options) },
  sliced: { unit: "slices", call: (net, options) => net.sliced(X, Y, { ...options, tolerance: 0 }) },
  maxSliced: { unit: "pairs of directions", call: (net, options) => net.maxSliced(X, Y, options) },
  independence: { unit: "permutations", call: (net, options) => net.independence(X, Y, options) },
} satisfies Record<
  string,
  {
    unit: string;
    call: (net: InfoNet, options: { signal?: AbortSignal; onProgress?: () => void }) => Promise<unknown>;
  }
>;
/** Those that have something to show for it when they are ended. */
const PARTIAL = ["estimateMany", "matrix", "gradientMany", "slicedGradient", "sliced"];

describe.each(Object.entries(LONG))("%s", (name, { unit, call }) => {
  test("does nothing if its signal was aborted before", async () => {
    await using net = await InfoNet.load({ threads: 2 });
    const error = await call(net, { signal: AbortSignal.abort("early") }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(AbortedError);
    expect((error as Error).cause).toBe("early");
    expect((error as Error).message).toMatch(
      new RegExp(`^aborted (after 0 of \\d+|before the first of the) ${unit};`),
    );
    expect([sessions.opened, pools.length]).toEqual([0, 0]);
  });

  test("ends at the next look at its signal", async () => {
    await using net = await InfoNet.load();
    const controller = new AbortController();
    let told = 0;
    const onProgress = (): void => {
      told++;
      controller.abort("enough");
    };
    const error = await call(net, { signal: controller.signal, onProgress }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(AbortedError);
    const { cause, partial, message } = error as AbortedError<unknown>;
    expect({ told, cause }).toEqual({ told: 1, cause: "enough" });
    expect(partial !== undefined).toBe(PARTIAL.includes(name));
    expect(message).toMatch(new RegExp(`^aborted after [1-9]\\d* of \\d+ ${unit}; `));
    expect(message).toMatch(
      partial === undefined ? /no part of the result/ : /finished ones are in `partial`/,
    );
  });

  test("ends with what is finished when the model is disposed of", async () => {
    const net = await InfoNet.load();
    let disposal: Promise<void> | undefined;
    const onProgress = (): void => {
      disposal ??= net.dispose();
    };
    const error = await call(net, { onProgress }).catch((e: unknown) => e);
    await disposal;
    expect(error).toBeInstanceOf(AbortedError);
    const { cause, partial, message } = error as AbortedError<unknown>;
    expect(cause).toMatchObject({ name: "InfoNetError", code: "disposed" });
    expect(partial !== undefined).toBe(PARTIAL.includes(name));
    expect(message).toMatch(new RegExp(`^ended by dispose\\(\\) after [1-9]\\d* of \\d+ ${unit}; `));
    expect(sessions.released).toBe(sessions.opened);
  });

  test("is refused after the model was disposed of", async () => {
    const net = await InfoNet.load();
    await net.dispose();
    await expect(call(net, {})).rejects.toMatchObject({ name: "InfoNetError", code: "disposed" });
  });
});

test.each<[string, (net: InfoNet) => Promise<unknown>]>([
  ["estimate", (net) => net.estimate(x, y)],
  ["gradient", (net) => net.gradient(x, y)],
  ["gradient through the estimate", (net) => net.gradient(x, y, { through: "estimate" })],
])("%s under way is refused when the model is disposed of, in whatever state it is", async (_, call) => {
  const disposed = { name: "InfoNetError", code: "disposed" };
  // Before the graph was read, while it is read, and while others wait for their turn.
  for (const when of ["at once", "while it opens", "while it runs"]) {
    const net = await InfoNet.load();
    if (when === "while it runs") onRun = () => void net.dispose();
    const calls = [call(net), call(net), call(net)];
    if (when === "while it opens") await new Promise((resolve) => setImmediate(resolve));
    if (when !== "while it runs") await net.dispose();
    const results = await Promise.allSettled(calls);
    onRun = undefined;
    await net.dispose();
    expect(results.at(-1)).toMatchObject({ status: "rejected", reason: disposed });
    for (const result of results)
      if (result.status === "rejected") expect(result.reason).toMatchObject(disposed);
    expect(sessions.released).toBe(sessions.opened);
  }
});

test("every session that was opened is released, once", async () => {
  const net = await InfoNet.load();
  await net.estimate(x, y);
  await net.estimateMany(pairs);
  await net.gradient(x, y, { through: "estimate" });
  // Values of one pair, of four and of sixteen, a density, a gradient.
  expect(sessions).toEqual({ opened: 5, released: 0 });
  await Promise.all([net.dispose(), net.dispose()]);
  await net.dispose();
  expect(sessions).toEqual({ opened: 5, released: 5 });
});

test("`await using` disposes", async () => {
  {
    await using net = await InfoNet.load();
    await net.estimate(x, y);
  }
  expect(sessions).toEqual({ opened: 2, released: 2 });
});

describe("threads", () => {
  test("are ended by dispose, which keeps what they had finished", async () => {
    const net = await InfoNet.load({ threads: 2 });
    const call = net.estimateMany(pairs, { onProgress: () => void net.dispose() }).catch((e: unknown) => e);
    const error = (await call) as AbortedError<unknown[]>;
    expect(error).toBeInstanceOf(AbortedError);
    expect(error.message).toMatch(/^ended by dispose\(\) after 16 of 40 pairs/);
    expect(error.partial.filter((result) => result !== undefined)).toHaveLength(16);
    await net.dispose();
    expect(pools.map(({ closed }) => closed)).toEqual([1]);
  });

  const [wideX, wideY] = normalVectors(32, 80, 8, 2, 0.9);
  test.each<[string, readonly string[], (net: InfoNet) => Promise<unknown>]>([
    ["estimateMany", ["quantiles"], (net) => net.estimateMany(pairs)],
    ["matrix", ["quantiles"], (net) => net.matrix(columns)],
    ["gradientMany", ["gradients"], (net) => net.gradientMany(pairs, { through: "critic" })],
    ["slicedGradient", ["gradients"], (net) => net.slicedGradient(X, Y, { through: "critic" })],
    ["joint", ["basis", "covariances", "densities", "edge", "quantiles"], (net) => net.joint(wideX, wideY)],
    [
      "conditional",
      ["densities", "edge", "quantiles"],
      (net) => net.conditional(x, y, { data: [...x].flatMap((v, k) => [v + y[k], v - y[k]]), width: 2 }),
    ],
    ["sliced", ["quantiles"], (net) => net.sliced(X, Y)],
    ["maxSliced", ["quantiles"], (net) => net.maxSliced(X, Y)],
    ["independence", ["permuted"], (net) => net.independence(wideX, wideY, { permutations: 599 })],
  ])("do the work of %s", async (_, tasks, call) => {
    const network = await Network.open(await platform.loadRuntime(), platform.modelFiles());
    const done = new Set<string>();
    vi.mocked(platform.openThreads!).mockImplementation(async () => ({
      parallel: 2,
      run: async (task, input) => {
        done.add(task.name);
        return task.run(input, network);
      },
      close: () => network.dispose(),
    }));
    await using net = await InfoNet.load({ threads: 2 });
    const result = await call(net);
    expect([...done].sort()).toEqual(tasks);
    await using here = await InfoNet.load();
    expect(JSON.stringify(await call(here))).toBe(JSON.stringify(result));
  });

  test("that are still starting are ended too", async () => {
    const net = await InfoNet.load({ threads: 2 });
    const call = net.estimateMany(pairs).catch((e: unknown) => e);
    await net.dispose();
    expect(pools.map(({ closed }) => closed)).toEqual([1]);
    expect(((await call) as Error).cause).toMatchObject({ code: "disposed" });
  });

  test("that were lost end the call, and the next call has new ones", async () => {
    const net = await InfoNet.load({ threads: 2 });
    const { InfoNetError } = await import("./errors.js");
    const lost = new InfoNetError("worker", "lost");
    const once = net.estimateMany(pairs, { onProgress: () => pools[0].refuse(lost) });
    await expect(once).rejects.toBe(lost);
    const twice = net.estimateMany(pairs, { onProgress: () => void net.dispose() });
    await expect(twice).rejects.toBeInstanceOf(AbortedError);
    expect(pools.map(({ closed }) => closed)).toEqual([0, 1]);
  });

  test("that cannot be started refuse the call, and neither the next one nor dispose", async () => {
    const net = await InfoNet.load({ threads: 2 });
    vi.mocked(platform.openThreads!).mockRejectedValueOnce(new Error("no threads here"));
    await expect(net.estimateMany(pairs)).rejects.toThrow("no threads here");
    vi.mocked(platform.openThreads!).mockRejectedValueOnce(new Error("no threads here"));
    const call = net.estimateMany(pairs).catch((e: unknown) => e);
    await net.dispose();
    expect(await call).toMatchObject({ message: "no threads here" });
  });
});
