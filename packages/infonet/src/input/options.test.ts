import { expect, test } from "vitest";
import { InfoNetError } from "../errors.js";
import { nearestName } from "./nearest-name.js";
import { finiteNumber, flag, oneOf, place, readOptions, wholeNumber } from "./options.js";
import { ESTIMATE, type LOAD, MANY, type MATRIX } from "./tables.js";

const TABLE = {
  ...MANY,
  k: wholeNumber(1, 3),
  count: wholeNumber(1, undefined),
  algorithm: oneOf([1, 2], 1),
  objective: oneOf(["mine", "nwj", "infonce"], "mine"),
  noise: finiteNumber((value) => value >= 0, "a number from 0", 0),
  standardize: flag(true),
  wasm: place(),
};
const DEFAULTS = {
  seed: 0,
  units: "nats",
  signal: undefined,
  onProgress: undefined,
  k: 3,
  count: undefined,
  algorithm: 1,
  objective: "mine",
  noise: 0,
  standardize: true,
  wasm: undefined,
};

test.each([[undefined], [null], [{}], [Object.create(null)]])("%j gives the defaults", (given) => {
  expect(readOptions(given, TABLE)).toEqual(DEFAULTS);
});

test("undefined and null mean not given, whatever the option, and also where there is none of that name", () => {
  for (const nothing of [undefined, null]) {
    const given = Object.fromEntries([...Object.keys(TABLE), "sed"].map((name) => [name, nothing]));
    expect(readOptions(given, TABLE)).toEqual(DEFAULTS);
  }
});

test("what is given is taken as it is", () => {
  const { signal } = new AbortController();
  const given = {
    seed: 2 ** 53 - 1,
    units: "bits",
    signal,
    onProgress: () => {},
    k: 1,
    count: 7,
    algorithm: 2,
    objective: "nwj",
    noise: 1e-10,
    standardize: false,
    wasm: new URL("https://example.org/"),
  };
  expect(readOptions(given, TABLE)).toEqual(given);
  expect(readOptions(Object.freeze({ k: 5 }), TABLE).k).toBe(5);
});

const { name: _, ...event } = { name: "", aborted: false, addEventListener: 1 };
test.each<[Record<string, unknown>, string]>([
  [{ seed: -1 }, "seed is -1; pass a whole number from 0 to 2^53 − 1."],
  [{ seed: 2 ** 53 }, "seed is 9007199254740992; pass a whole number from 0 to 2^53 − 1."],
  [{ seed: "3" }, 'seed is "3"; pass a whole number from 0 to 2^53 − 1.'],
  [{ seed: [3] }, "seed is an array; pass a whole number from 0 to 2^53 − 1."],
  [{ units: "shannons" }, 'units is "shannons"; pass "nats" or "bits".'],
  [{ units: ["bits"] }, 'units is an array; pass "nats" or "bits".'],
  [{ units: "" }, 'units is ""; pass "nats" or "bits".'],
  [{ k: 0 }, "k is 0; pass a whole number from 1."],
  [{ k: 1.5 }, "k is 1.5; pass a whole number from 1."],
  [{ k: Number.NaN }, "k is NaN; pass a whole number from 1."],
  [{ k: false }, "k is false; pass a whole number from 1."],
  [{ count: 0 }, "count is 0; pass a whole number from 1."],
  [{ algorithm: "1" }, 'algorithm is "1"; pass 1 or 2.'],
  [{ objective: "dv" }, 'objective is "dv"; pass "mine", "nwj" or "infonce".'],
  [{ noise: Infinity }, "noise is Infinity; pass a number from 0."],
  [{ noise: "1" }, 'noise is "1"; pass a number from 0.'],
  [{ standardize: "no" }, 'standardize is "no"; pass true or false.'],
  [{ standardize: 0 }, "standardize is 0; pass true or false."],
  [{ wasm: "" }, 'wasm is ""; pass a path or a URL.'],
  [{ wasm: 3 }, "wasm is 3; pass a path or a URL."],
  [
    { signal: new AbortController() },
    "signal is an object; pass an AbortSignal, as new AbortController().signal is one.",
  ],
  [{ signal: event }, "signal is an object; pass an AbortSignal, as new AbortController().signal is one."],
  [{ signal: true }, "signal is true; pass an AbortSignal, as new AbortController().signal is one."],
  [{ onProgress: {} }, "onProgress is an object; pass a function that takes { done, total }."],
])("%o is refused", (given, message) => {
  const call = () => readOptions(given, TABLE);
  expect(call).toThrow(InfoNetError);
  expect(call).toThrow(expect.objectContaining({ code: "invalid-option", message }));
});

test.each<[unknown, string]>([
  [3, "3"],
  [0, "0"],
  [false, "false"],
  ["bits", '"bits"'],
  ["", '""'],
  [[], "an array"],
  [[{ seed: 1 }], "an array"],
  [() => ({}), "a function"],
  [new Map([["seed", 1]]), "an object"],
  [new Date(0), "an object"],
  [new Float64Array(3), "an object"],
  [new AbortController().signal, "an object"],
  [Object.create({ seed: 1 }), "an object"],
])("options that are %o are refused", (given, what) => {
  expect(() => readOptions(given, ESTIMATE)).toThrow(
    expect.objectContaining({
      code: "invalid-option",
      message: `options is ${what}; pass a plain object with any of seed, units.`,
    }),
  );
});

test("an unknown name is refused with the one that was meant, and with those that there are", () => {
  const message = (given: object, table = ESTIMATE as typeof ESTIMATE | typeof LOAD | typeof MATRIX) => {
    try {
      readOptions(given, table);
    } catch (error) {
      return [(error as InfoNetError).code, (error as InfoNetError).message];
    }
    return undefined;
  };
  expect(message({ unit: "bits" })).toEqual([
    "invalid-option",
    'there is no option "unit" here; did you mean "units"? The options are seed, units.',
  ]);
  expect(message({ seed: 1, frobnicate: 1 })).toEqual([
    "invalid-option",
    'there is no option "frobnicate" here; the options are seed, units.',
  ]);
  // Names that every object has are not options either.
  for (const name of ["constructor", "toString", "__proto__", "hasOwnProperty", ""]) {
    const given = JSON.parse(`{${JSON.stringify(name)}: 1}`) as object;
    expect(message(given)?.[1]).toContain(`there is no option ${JSON.stringify(name)} here;`);
  }
  expect(message({ ["seed".repeat(1e5)]: 1 })?.[1].length).toBeLessThan(200);
});

test.each([
  ["sed", "seed"],
  ["Seed", "seed"],
  ["random_state", "seed"],
  ["unit", "units"],
  ["UNITS", "units"],
  ["abortSignal", "signal"],
  ["onprogress", "onProgress"],
  ["on_progress", "onProgress"],
  ["progress", "onProgress"],
  ["neighbors", "k"],
  ["n_neighbors", "k"],
  ["standardise", "standardize"],
  ["normalize", "standardize"],
  ["noize", "noise"],
  ["objetcive", "objective"],
  ["xyz", undefined],
  ["n", undefined],
  ["---", undefined],
])("%s: did you mean %s", (wanted, name) => {
  expect(nearestName(Object.keys(TABLE), wanted)).toBe(name);
});
