import { describe, expect, test } from "vitest";
import { styleFor } from "../terminal/io.js";
import { displayWidth } from "../terminal/width.js";
import { column, estimated, fakeEstimate, resultOf } from "../testing/samples.js";
import { type MatrixResult, NOT_REACHED } from "./result.js";
import { estimateText, matrixText as matrixLines, type TextOptions } from "./text.js";

const plain = styleFor({ outIsTerminal: false, env: {} });
const options: TextOptions = {
  rows: 344,
  columns: 3,
  left: 0,
  width: Number.POSITIVE_INFINITY,
  style: plain,
};
const few = { code: "few-samples", message: "n is 9; below 100 the interval is wide." } as const;

const matrixText = (result: MatrixResult, given: TextOptions) => [...matrixLines(result, given)].join("");

describe("matrixText", () => {
  test("is a table of the pairs", () => {
    const pairs = [
      estimated("Flipper Length (mm)", "Sex", 0.511, { pValue: 0.0001, n: 1342 }),
      estimated("a", "b", 0, { pValue: 0.5 }),
    ];
    expect(matrixText(resultOf(pairs), options)).toBe(`data.csv · 344 rows · 3 columns · nats · seed 0

strength       MI  90 % interval       p      n  x                    y
████████    0.511  0.411 – 0.611  <0.001  1\u202f342  Flipper Length (mm)  Sex
            0.000  0.000 – 0.100   0.500    100  a                    b

The bar is √(1 − exp(−2·MI)): 0 is independent, 1 determined. Intervals hold 90 %.
`);
  });

  test("shows q-values and counts the discoveries where --fdr was given", () => {
    const pairs = [estimated("a", "b", 0.5, { pValue: 0.01, qValue: 0.03 })];
    const discoveries = { rate: 0.05, found: 1, tested: 21 };
    const text = matrixText(resultOf(pairs), { ...options, discoveries });
    expect(text).toMatch(/ p {6}q {4}n {2}x/);
    expect(text).toContain("0.010  0.030  100  a");
    expect(text).toContain("\n1 of 21 pairs is dependent at a false discovery rate of 5 %.\n");
  });

  test("tells what was screened out, and what it may hold", () => {
    const said = (pairs: number, below: number): string =>
      matrixText(
        { ...resultOf([estimated("a", "b", 1)]), screened: { pairs, threshold: 0.001, below } },
        options,
      );
    expect(said(1234, 0.0312)).toContain(
      "\n1\u202f234 pairs were not estimated: the quick test of --screen gave a p-value above 0.001; a smooth dependence of 0.031 nats or more would have been seen in 19 of 20 pairs, finer structure less often.\n",
    );
    expect(said(1, Number.POSITIVE_INFINITY)).toContain(
      "\n1 pair was not estimated: the quick test of --screen gave a p-value above 0.001; the rows are too few to see any dependence for sure.\n",
    );
    expect(said(0, 0)).toContain("\n0 pairs were not estimated");
  });

  test("tells of weaker pairs that are left out", () => {
    const text = matrixText(resultOf([estimated("a", "b", 1)]), { ...options, left: 7 });
    expect(text).toContain("\n… and 7 weaker pairs; --top all shows every pair.\n");
  });

  test("marks pairs with warnings and explains each kind once", () => {
    const warned = { warnings: [few] };
    const text = matrixText(
      resultOf([estimated("a", "b", 1, warned), estimated("a", "c", 0.5, warned), estimated("b", "c", 0.1)]),
      options,
    );
    expect(text.match(/ !$/gm)).toHaveLength(2);
    expect(text).toContain(
      "! Warnings\n  few-samples: a × b (and 1 more pair): n is 9; below 100 the interval is wide.\n",
    );
  });

  test("groups pairs without a number by their reason", () => {
    const failed = ["b", "c", "d"].map((y) => ({
      x: "a",
      y,
      error: y === "d" ? NOT_REACHED : "a is constant",
    }));
    const text = matrixText(resultOf(failed), options);
    expect(text).toBe(`data.csv · 344 rows · 3 columns · nats · seed 0


3 pairs could not be computed
  2 pairs: a is constant
  a × d: not reached before the run was interrupted
`);
  });

  test("fits the terminal by shortening names", () => {
    const long = "a column with a very long name, longer than anyone would like it to be";
    for (const width of [80, 100, 140]) {
      for (const [x, y] of [
        [long, long],
        ["a", long],
        [long, "身長体重".repeat(20)],
      ]) {
        const warned = { warnings: [few] };
        const text = matrixText(resultOf([estimated(x, y, 0.5, warned)]), { ...options, width });
        const [, , title, row] = text.split("\n");
        expect(Math.max(displayWidth(title), displayWidth(row)), `${width} ${y}`).toBeLessThanOrEqual(width);
        if (width < 140) expect(row).toContain("…");
      }
    }
  });

  test("sends no control characters of a name to the terminal", () => {
    const evil = "\u001b[2J\nx";
    const result = resultOf(
      [estimated(evil, "b", 1, { warnings: [few] }), { x: evil, y: "c", error: `${evil} is bad` }],
      {
        file: evil,
      },
    );
    const text = matrixText(result, options);
    expect(text).not.toContain("\u001b");
    expect(text.match(/␛\[2J␊x/g)).toHaveLength(5);
  });

  test("is coloured where the terminal can", () => {
    const style = styleFor({ outIsTerminal: true, env: {} });
    const text = matrixText(resultOf([estimated("a", "b", 1)]), { ...options, style });
    expect(text).toContain("\u001b[1mdata.csv\u001b[22m");
  });
});

describe("estimateText", () => {
  test("is a short labelled list", async () => {
    const values = Array.from({ length: 50 }, (_, k) => k);
    const estimate = await fakeEstimate(
      column("a", values),
      column(
        "b",
        values.map((k) => (k * 7) % 50),
      ),
    );
    const text = estimateText(
      { file: "t.csv", units: "nats", x: "a", y: "b" },
      { ...estimate, mi: 0.25, pValue: 0.02 },
      plain,
    );
    expect(text).toContain("a × b  in t.csv\n  mutual information  0.250 nats\n");
    expect(text).toContain("\n  strength, 0 to 1    0.627  ██████▎\n  p (independence)    0.020\n");
    expect(text).toContain(
      "\n  complete rows       50\n  x and y are         numbers × numbers\n  ! few-samples: n is 50; below 100 the interval is wide.\n",
    );
  });

  test("says which share of the smaller entropy is told, where there are levels", async () => {
    const estimate = await fakeEstimate(column("a", [1, 2, 3]), column("b", [1, 3, 2]));
    const head = { file: "t.csv", units: "bits", x: "a", y: "kind\u001b" } as const;
    const told = { ...estimate, kinds: ["mixture", "levels"], normalized: 0.257 } as const;
    const one = estimateText(
      head,
      { ...told, kinds: ["mixture", "levels"], entropies: [undefined, 1.0486] },
      plain,
    );
    expect(one).toContain(
      "\n  x and y are         mixture × levels\n  share of entropy    26 % of 1.049 bits, the entropy of kind␛\n",
    );
    const two = estimateText(head, { ...told, kinds: ["levels", "levels"], entropies: [0.5, 1.05] }, plain);
    expect(two).toContain("levels × levels\n  share of entropy    26 % of 0.500 bits, the entropy of a\n");
  });

  test("says why there is no p", async () => {
    const estimate = await fakeEstimate(column("a", [1, 2, 3]), column("b", [1, 3, 2]));
    const text = estimateText({ file: "t.csv", units: "bits", x: "a", y: "b" }, estimate, plain);
    expect(text).toContain("p (independence)    – (this model has no null table)");
  });
});
