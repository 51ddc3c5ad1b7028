import { expect, test } from "vitest";
import {
  binomialTail,
  chiSquaredTail,
  fisherTail,
  incompleteBeta,
  normalTwoSided,
  studentTwoSided,
  upperGamma,
} from "./tails.js";
import {
  correlationTest,
  fisherExact,
  mannWhitney,
  pearsonTest,
  studentTest,
  varianceTest,
} from "./textbook.js";

// All constants of this file are what SciPy 1.10.1 gives, by the functions that are named.

const close = (found: number, wanted: number): void =>
  expect(Math.abs(found / wanted - 1), `${found} for ${wanted}`).toBeLessThan(1e-9);

test("incomplete beta and gamma functions: special.betainc and special.gammaincc", () => {
  close(incompleteBeta(0.3, 2, 5), 0.5798250000000001);
  close(incompleteBeta(0.001, 30, 3970), 8.36027065666138e-17);
  close(incompleteBeta(0.5, 1.5, 0.5), 0.1816901138162094);
  close(incompleteBeta(0.9, 0.5, 97.5), 1);
  expect([incompleteBeta(0, 2, 3), incompleteBeta(1, 2, 3)]).toEqual([0, 1]);
  close(upperGamma(0.5, 0.1), 0.6547208460185768);
  close(upperGamma(0.5, 30), 9.485737571073857e-15);
  close(upperGamma(4.5, 2), 0.9114125268316792);
  close(upperGamma(100, 130), 0.002750408367306518);
});

test("tails: stats.norm, t, f, chi2 and binom", () => {
  close(normalTwoSided(0.5), 0.6170750774519738);
  close(normalTwoSided(-3.29), 0.0010018738275714444);
  close(normalTwoSided(8), 1.244192114854348e-15);
  close(studentTwoSided(2.3, 7), 0.05499109520437154);
  close(fisherTail(3.2, 4, 195), 0.014236076582321693);
  close(chiSquaredTail(20, 9), 0.017912404529843298);
  close(binomialTail(224, 4000, 0.05), 0.04595799864452502);
  close(binomialTail(13, 4000, 0.001), 0.00027115851981070844);
  close(binomialTail(1, 12, 0.1), 0.717570463519);
  close(binomialTail(300, 4000, 0.05), 7.1110170613476805e-12);
  expect([binomialTail(0, 5, 0.1), binomialTail(6, 5, 0.1)]).toEqual([1, 0]);
});

const A = [1.2, 3.4, 2.2, 5.1, 0.3, 2.2, 4.8];
const B = [2.9, 6.1, 4.4, 5.1, 7.7, 3.8];
const C = [0.1, 1.9, 2.2, 3.0, 1.4];

test("groups: stats.ttest_ind, f_oneway, mannwhitneyu(method='asymptotic')", () => {
  close(studentTest(A, B), 0.04116621958177687);
  close(varianceTest([A, B, C]), 0.01087801585793533);
  close(mannWhitney(A, B), 0.06256560268080887);
  close(mannWhitney(A, C), 0.32645279996437004);
  close(mannWhitney(C, A), 0.32645279996437004);
  // The F test of two groups is the t test.
  close(varianceTest([A, B]), studentTest(A, B));
  // Ties in all rows tell nothing.
  expect(mannWhitney([5, 5, 5], [5, 5])).toBe(1);
});

test("tables: stats.chi2_contingency(correction=False), fisher_exact", () => {
  close(
    pearsonTest([
      [12, 5, 9],
      [7, 14, 3],
    ]),
    0.014174882222918836,
  );
  const square = [
    [60, 40],
    [42, 58],
  ];
  close(pearsonTest(square), 0.010893594881036962);
  // A level without rows is none.
  close(pearsonTest([...square.map((row) => [...row, 0]), [0, 0, 0]]), 0.010893594881036962);
  close(fisherExact(square), 0.01597617224099105);
  close(
    fisherExact([
      [8, 2],
      [1, 5],
    ]),
    0.034965034965034975,
  );
  close(
    fisherExact([
      [0, 9],
      [3, 120],
    ]),
    1,
  );
});

test("correlation: stats.pearsonr", () => {
  close(correlationTest(A.slice(0, 6), B), 0.8532496613657556);
  expect(correlationTest(A, A)).toBe(0);
});
