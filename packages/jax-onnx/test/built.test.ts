import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

test("the example of the README runs against the built package", async () => {
  const readme = readFileSync(`${root}/README.md`, "utf8");
  const code = /```js\n([\s\S]*?)```/.exec(readme)?.[1] ?? "";
  const file = `${root}/dist/readme-example.mjs`;
  writeFileSync(file, code);
  const { result } = (await import(/* @vite-ignore */ file)) as {
    result: Record<string, { dims: number[]; data: Float32Array }>;
  };
  expect(result.loss.data[0]).toBeGreaterThan(0);
  expect(result.gradient.dims).toEqual([3]);
  expect(result.gradient.data.every(Number.isFinite)).toBe(true);
});

test("the package exports what the README uses", async () => {
  const api = await import("jax-onnx");
  expect(Object.keys(api).sort()).toEqual(["CompileError", "compile", "encodeInitializers", "join", "spec"]);
});
