import { expect, test } from "vitest";
import { AbortedError } from "../index.js";
import { draws } from "../testing/random.js";
import { releasedNet } from "../testing/released.js";

const net = await releasedNet();

const N = 150;

function fork() {
  const { normal } = draws(41);
  const z = Float64Array.from({ length: N }, normal);
  const x = z.map((value) => value + 0.5 * normal());
  const y = z.map((value) => value + 0.5 * normal());
  const w = y.map((value) => value + 0.5 * normal());
  return { x, y, z, w };
}

test("every pair is what conditional says of it; what is given is in none", async () => {
  const columns = fork();
  const matrix = await net.matrix(columns, {
    given: "z",
    pairs: [
      ["x", "y"],
      ["y", "w"],
    ],
  });
  expect(matrix.given).toEqual(["z"]);
  expect(matrix.columns).toEqual(["x", "y", "w"]);
  expect(matrix.pairs.map(({ x, y }) => `${x}${y}`)).toEqual(["yw", "xy"]);
  const cell = matrix.get("x", "y");
  const { mi, interval, pValue } = await net.conditional(columns.x, columns.y, [columns.z]);
  expect(cell).toMatchObject({ mi, interval, pValue, n: N, kinds: ["number", "number"] });
});

test("failures are told pair by pair; options that have no room are refused; an end keeps what is done", async () => {
  const { x, y, z } = fork();
  const flat = new Float64Array(N);
  const { pairs } = await net.matrix({ x, flat, z }, { given: ["z"] });
  expect(pairs).toMatchObject([{ x: "x", y: "flat", code: "constant" }]);
  await expect(net.matrix({ x, y, z }, { given: "q" })).rejects.toMatchObject({ code: "unknown-column" });
  await expect(net.matrix({ x, y, z }, { given: "z", cluster: x })).rejects.toThrow(
    "given and cluster are both there; conditional information takes every row for itself.",
  );
  await expect(net.matrix({ x, y, z }, { given: "z", target: "z" })).rejects.toThrow(/target is "z"/);
  const signal = AbortSignal.abort("enough");
  const error = await net.matrix({ x, y, z }, { given: "z", signal }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(AbortedError);
});
