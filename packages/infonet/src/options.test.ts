/** Every public call that takes options refuses what it does not know, and takes null for not given. */

import * as jax from "@jax-js/jax";
import { describe, expect, test } from "vitest";
import { discrete, gaussian, histogram, kde, ksg, mine, ross } from "./classical/index.js";
import { softRank, softRankOfSorted, softRankVjp } from "./copula/index.js";
import { InfoNet } from "./infonet.js";
import { informationAndGrad } from "./jax/index.js";
import { normalPair } from "./testing/random.js";
import { releasedNet } from "./testing/released.js";

const net = await releasedNet();

const [x, y] = normalPair(1, 40, 0.6);
const [a, b] = normalPair(2, 80, 0.6);
const TWICE = { a, b, by: a.map((_, row) => row % 2) };
const z = normalPair(2, 40, 0)[0];
const labels = x.map((v) => Math.sign(v));
const FAST = { iterations: 1, hidden: 2 };

/** What a call is made with beside the options that are tried; a call that needs none has none. */
interface Call {
  base?: object;
  call: (options: never) => unknown;
  /** An option of the call, misspelt. */
  misspelt: [wrong: string, right: string];
  /** Options of wrong types, and what is said of them. */
  wrong: [options: object, message: string][];
}

const MANY: Call["wrong"] = [
  [{ seed: 1.5 }, "seed is 1.5; pass a whole number from 0"],
  [{ units: "bit" }, 'units is "bit"; pass "nats" or "bits".'],
  [{ signal: new AbortController() }, "signal is an object; pass an AbortSignal"],
  [{ onProgress: true }, "onProgress is true; pass a function"],
];
const ROWS: Call["wrong"] = [
  [{ cluster: "id" }, 'cluster is "id"; pass a column: an array with the cluster of every row.'],
  [{ counts: 3 }, "counts is 3; pass an array of whole numbers, one a row."],
];
const NEIGHBOURS: Call["wrong"] = [
  [{ k: 0 }, "k is 0; pass a whole number from 1."],
  [{ standardize: "no" }, 'standardize is "no"; pass true or false.'],
  [{ normalScores: 1 }, "normalScores is 1; pass true or false."],
  [{ noise: -1 }, "noise is -1; pass a number from 0."],
  [{ seed: -1 }, "seed is -1; pass a whole number from 0"],
  [{ units: null as never, k: "3" }, 'k is "3"'],
];

const CALLS: Record<string, Call> = {
  load: {
    call: async (options) => (await InfoNet.load(options)).dispose(),
    misspelt: ["thread", "threads"],
    wrong: [
      [{ threads: 0 }, "threads is 0; pass a whole number from 1 to 256."],
      [{ model: "" }, 'model is ""; pass a path or a URL.'],
      [{ wasm: 1 }, "wasm is 1; pass a path or a URL."],
    ],
  },
  estimate: {
    call: (options) => net.estimate(x, y, options),
    misspelt: ["unit", "units"],
    wrong: [...MANY.slice(0, 2), ...ROWS],
  },
  estimateMany: {
    call: (options) => net.estimateMany([[x, y]], options),
    misspelt: ["abortSignal", "signal"],
    wrong: [...MANY, ...ROWS],
  },
  matrix: {
    call: (options) => net.matrix({ x, y }, options),
    misspelt: ["targets", "target"],
    wrong: [
      ...MANY,
      ...ROWS,
      [{ target: 1 }, "target is 1; pass the name of a column, or a list of names."],
      [{ related: ["x", "y"] }, "pass lists of names of columns."],
      [{ given: [] }, "given is an array; pass the name of a column, or a list of names."],
    ],
  },
  select: {
    call: (options) => net.select({ x, y }, "y", options),
    misspelt: ["lvel", "level"],
    wrong: [
      ...MANY,
      [{ most: 0 }, "most is 0; pass a whole number from 1."],
      [{ level: 1.5 }, "level is 1.5; pass a probability above 0, up to 1."],
      [{ criterion: "best" }, 'criterion is "best"; pass "conditional", "mrmr", "jmi" or "cmim".'],
      [{ resamples: -1 }, "resamples is -1; pass a whole number from 0 to 1000."],
    ],
  },
  summary: {
    call: (options) => net.summary({ x, y }, "y", options),
    misspelt: ["pair", "pairs"],
    wrong: [
      ...MANY,
      [{ most: 21 }, "most is 21; pass a whole number from 0 to 20."],
      [{ pairs: ["x"] }, "pairs is an array; pass a list of pairs of names"],
    ],
  },
  differences: {
    base: {},
    call: (options) => net.differences(TWICE, "by", options),
    misspelt: ["unit", "units"],
    wrong: MANY,
  },
  network: {
    call: (options) => net.network({ x, y }, options),
    misspelt: ["fdrs", "fdr"],
    wrong: [
      ...MANY,
      [{ fdr: 0 }, "fdr is 0; pass a rate above 0 and below 1."],
      [{ most: 5 }, "most is 5; pass a whole number from 1 to 4."],
      [{ method: "mst" }, 'method is "mst"; pass "conditional", "clr" or "aracne".'],
    ],
  },
  gradient: {
    call: (options) => net.gradient(x, y, options),
    misspelt: ["regularisation", "regularization"],
    wrong: [
      ...MANY.slice(0, 2),
      [{ regularization: 0 }, "regularization is 0; pass a finite number of ranks above 0, or leave it out."],
      [{ through: "critics" }, 'through is "critics"; pass "estimate" or "critic".'],
      [{ regularization: 2 }, 'regularization is 2 and through is "critic", where no estimate is smoothed;'],
    ],
  },
  gradientMany: {
    call: (options) => net.gradientMany([[x, y]], options),
    misspelt: ["sed", "seed"],
    wrong: [...MANY, [{ regularization: "1" }, 'regularization is "1"']],
  },
  slicedGradient: {
    base: { slices: 2 },
    call: (options) => net.slicedGradient(x, y, options),
    misspelt: ["slice", "slices"],
    wrong: [...MANY, [{ slices: 0 }, "slices is 0; pass a whole number from 1."]],
  },
  jointGradient: {
    call: (options) => net.jointGradient(x, y, options),
    misspelt: ["pair", "pairs"],
    wrong: [...MANY.slice(0, 2), [{ pairs: 17 }, "pairs is 17; pass a whole number from 0 to 16."]],
  },
  joint: {
    call: (options) => net.joint(x, y, options),
    misspelt: ["bases", "basis"],
    wrong: [
      ...MANY,
      [
        { basis: "best" },
        'basis is "best"; pass "auto", "given", "whitened", "canonical", "nonlinear" or "neighbours".',
      ],
    ],
  },
  conditional: {
    base: { permutations: 1 },
    call: (options) => net.conditional(x, y, z, options),
    misspelt: ["permutation", "permutations"],
    wrong: [...MANY, [{ permutations: -1 }, "permutations is -1; pass a whole number from 0."]],
  },
  sliced: {
    base: { slices: 2, minSlices: 2 },
    call: (options) => net.sliced(x, y, options),
    misspelt: ["normalize", "standardize"],
    wrong: [
      ...MANY,
      [{ tolerance: -1 }, "tolerance is -1; pass a number of at least 0."],
      [{ maxSlices: 8 }, 'there is no option "maxSlices" here; did you mean "slices"?'],
      [{ slices: 1 }, "slices is 1; pass a whole number from 2."],
      [{ minSlices: 1 }, "minSlices is 1; pass a whole number from 2."],
      [{ dimensions: 0 }, "dimensions is 0; pass a whole number from 1."],
      [{ standardize: "no" }, 'standardize is "no"; pass true or false.'],
    ],
  },
  maxSliced: {
    base: { starts: 1, rounds: 0 },
    call: (options) => net.maxSliced(x, y, options),
    misspelt: ["start", "starts"],
    wrong: [
      ...MANY,
      [{ starts: 0 }, "starts is 0; pass a whole number from 1."],
      [{ rounds: -1 }, "rounds is -1; pass a whole number from 0."],
      [{ standardize: 1 }, "standardize is 1; pass true or false."],
    ],
  },
  independence: {
    base: { permutations: 19 },
    call: (options) => net.independence(x, y, options),
    misspelt: ["onprogress", "onProgress"],
    wrong: [
      ...MANY.filter(([options]) => !("units" in options)),
      [{ permutations: 18 }, "permutations is 18; pass a whole number from 19."],
      [{ units: "bits" }, 'there is no option "units" here'],
    ],
  },
  ksg: {
    call: (options) => ksg(x, y, options),
    misspelt: ["neighbors", "k"],
    wrong: [...NEIGHBOURS, [{ algorithm: 3 }, "algorithm is 3; pass 1 or 2."]],
  },
  ross: {
    call: (options) => ross(labels, y, options),
    misspelt: ["standardise", "standardize"],
    wrong: NEIGHBOURS,
  },
  kde: {
    call: (options) => kde(x, y, options),
    misspelt: ["bandwith", "bandwidth"],
    wrong: [
      [{ bandwidth: "wide" }, 'bandwidth is "wide"; pass "scott", "silverman" or numbers above 0.'],
      [{ bandwidth: [0.2, -1] }, 'bandwidth is -1; pass "scott", "silverman" or numbers above 0.'],
      [{ bandwidth: {} }, "bandwidth is an object; pass"],
      [{ method: "fft" }, 'method is "fft"; pass "exact" or "grid".'],
      [{ leaveOneOut: "no" }, 'leaveOneOut is "no"; pass true or false.'],
    ],
  },
  histogram: {
    call: (options) => histogram(x, y, options),
    misspelt: ["bin", "bins"],
    wrong: [
      [{ bins: "many" }, 'bins is "many"; pass a whole number from 1, "freedman-diaconis", "equiprobable"'],
      [{ count: 1.5 }, "count is 1.5; pass a whole number from 1."],
      [
        { count: 5 },
        'count is 5 and bins is "freedman-diaconis", which says how many there are; pass bins "equiprobable", or leave count out.',
      ],
      [{ count: 5, bins: 7 }, "count is 5 and bins is 7"],
      [{ count: 5, bins: "adaptive" }, 'count is 5 and bins is "adaptive"'],
      [{ correction: true }, 'correction is true; pass "none", "miller-madow" or "chao-wang-jost".'],
      [{ seed: "1" }, 'seed is "1"'],
    ],
  },
  discrete: {
    call: (options) => discrete(labels, labels, options),
    misspelt: ["corection", "correction"],
    wrong: [[{ correction: "yes" }, 'correction is "yes"; pass "none", "miller-madow" or "chao-wang-jost".']],
  },
  gaussian: {
    call: (options) => gaussian(x, y, options),
    misspelt: ["normalscores", "normalScores"],
    wrong: [[{ biasCorrection: 0 }, "biasCorrection is 0; pass true or false."]],
  },
  mine: {
    base: FAST,
    call: (options) => mine(x, y, options),
    misspelt: ["learning_rate", "learningRate"],
    wrong: [
      ...MANY,
      [{ learningRate: 0 }, "learningRate is 0; pass a number above 0."],
      [{ heldOut: 1 }, "heldOut is 1; pass a share from 0 to below 1."],
      [{ objective: "dv" }, 'objective is "dv"; pass "mine", "nwj" or "infonce".'],
      [{ batch: 1 }, "batch is 1; pass a whole number from 2."],
      [{ iterations: 0 }, "iterations is 0; pass a whole number from 1."],
      [{ hidden: 2.5 }, "hidden is 2.5; pass a whole number from 1 to 4096."],
      [{ standardize: "no" }, 'standardize is "no"; pass true or false.'],
      [{ wasm: {} }, "wasm is an object; pass a path or a URL."],
    ],
  },
  softRank: {
    base: { regularization: 1 },
    call: (options) => softRank(x, options),
    misspelt: ["kinds", "kind"],
    wrong: [[{ kind: "cubic" }, 'kind is "cubic"; pass "quadratic" or "entropic".']],
  },
  softRankVjp: {
    base: { regularization: 1 },
    call: (options) => softRankVjp(x, options).ranks,
    misspelt: ["eps", "regularization"],
    wrong: [[{ regularization: Infinity }, "regularization is Infinity; pass a finite number above 0."]],
  },
  softRankOfSorted: {
    base: { regularization: 1 },
    call: (options) => softRankOfSorted(Float64Array.of(1, 2), Uint32Array.of(0, 1), options).ranks,
    misspelt: ["kinds", "kind"],
    wrong: [[{ regularization: -1 }, "regularization is -1; pass a finite number above 0."]],
  },
  informationAndGrad: {
    call: async (options) => {
      const columns = [x, y].map((values) => jax.numpy.array(Float32Array.from(values)));
      const step = informationAndGrad(jax, net, (p: jax.numpy.Array) => [columns[0].mul(p), columns[1]]);
      return (await step(jax.numpy.array(1), options)).mi;
    },
    misspelt: ["slice", "slices"],
    wrong: [
      [{ through: "copula" }, 'through is "copula"; pass "estimate" or "critic".'],
      [{ regularization: 2 }, 'regularization is 2 and through is "critic"'],
    ],
  },
};

describe.each(Object.entries(CALLS))(
  "%s",
  (_, { base = {}, call, misspelt: [wrong, right], wrong: values }) => {
    const made = (options: unknown) => (async () => call(options as never))();
    const refused = async (options: unknown, message: string) => {
      await expect(made(options)).rejects.toMatchObject({
        name: "InfoNetError",
        code: "invalid-option",
        message: expect.stringContaining(message),
      });
    };

    test("an unknown name is refused, with the one that was meant", async () => {
      await refused(
        { ...base, [wrong]: 1 },
        `there is no option "${wrong}" here; did you mean "${right}"? The options are `,
      );
      await refused({ ...base, frobnicate: 0 }, 'there is no option "frobnicate" here; the options are ');
    });

    test.each(values)("%o is refused", (options, message) => refused({ ...base, ...options }, message));

    test.each([[7], ["bits"], [["seed"]], [() => 1], [new Map()]])(
      "options that are %o are refused",
      (options) => refused(options, "options is "),
    );

    test("null and undefined mean not given, for every option and for all of them", async () => {
      const expected = JSON.stringify(await made(base));
      const names = /The options are (.*)\.$/
        .exec(await made({ ...base, [wrong]: 1 }).then(String, ({ message }) => message))![1]
        .split(", ");
      expect(names).toContain(right);
      for (const nothing of [null, undefined]) {
        const given = { ...Object.fromEntries(names.map((name) => [name, nothing])), ...base };
        expect(JSON.stringify(await made(given))).toBe(expected);
        if (Object.keys(base).length === 0) expect(JSON.stringify(await made(nothing))).toBe(expected);
      }
    });
  },
);
