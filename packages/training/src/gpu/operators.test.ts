/** The operators of the graphs that gpu/train.py runs. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import proto from "onnx-proto";
import { beforeAll, expect, test } from "vitest";
import { COPULA_DENSITY } from "../architecture/index.js";
import { DEFAULT_ADAMW } from "../optimize/adamw.js";
import { startJax } from "../runtime/jax.js";
import { compileStep, compileValidation } from "../step/compile.js";
import { SMALL_DENSITY } from "../testing/checkpoints.js";

beforeAll(() => startJax());

const SOURCE = readFileSync(fileURLToPath(new URL("../../gpu/onnx_in_jax.py", import.meta.url)), "utf8");
const known = [...SOURCE.matchAll(/^ {4}"(\w+)": /gm)].map(([, name]) => name);

const operators = (bytes: Uint8Array): string[] => [
  ...new Set((proto.onnx.ModelProto.decode(bytes).graph?.node ?? []).map(({ opType }) => opType ?? "")),
];

test("all of the step and of the validation are known to onnx_in_jax.py", () => {
  const names = COPULA_DENSITY.parameters(SMALL_DENSITY).map(({ name }) => name);
  const gentle = { share: 0.3, names: names.filter((_, k) => k % 3 === 0) };
  const optimizer = { ...DEFAULT_ADAMW, orthogonal: true, gentle };
  const step = compileStep(COPULA_DENSITY, SMALL_DENSITY, optimizer, 4);
  const validation = compileValidation(COPULA_DENSITY, SMALL_DENSITY, 4);
  expect(known).toContain("MatMul");
  for (const { bytes } of [step, validation]) {
    expect(operators(bytes).filter((operator) => !known.includes(operator))).toEqual([]);
  }
});
