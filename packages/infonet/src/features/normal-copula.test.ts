import { expect, test } from "vitest";
import { permutation } from "../testing/random.js";
import { normalCopula } from "./normal-copula.js";

const of = (...perms: Uint32Array[]): number[] => {
  const out = new Float32Array(4).fill(7);
  normalCopula(perms, out, 1);
  expect([out[0], out[3]]).toEqual([7, 7]);
  return [...out.subarray(1, 3)];
};
const rising = Uint32Array.from({ length: 50 }, (_, k) => k);

test("what rises has slope 1 and what falls −1; they leave next to nothing", () => {
  for (const [perm, sign] of [
    [rising, 1],
    [rising.toReversed(), -1],
  ] as const) {
    const [slope, rest] = of(perm);
    expect(slope).toBeCloseTo(sign, 6);
    expect(rest).toBeCloseTo(Math.log(3e-4), 5);
  }
});

test("slope and rest belong together; orders of ties count alike; one row tells nothing", () => {
  const [a, b] = [permutation(1, 40), permutation(2, 40)];
  const [[first], [second], [both, rest]] = [of(a), of(b), of(a, b)];
  expect(first).not.toBeCloseTo(second, 2);
  expect(both).toBeCloseTo((first + second) / 2, 6);
  expect(rest).toBeCloseTo(0.5 * Math.log(1 - both * both), 6);
  expect(of(Uint32Array.of(0))).toEqual([0, 0]);
});
