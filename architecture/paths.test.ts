/** Where tests and types find the sources of the packages: tsconfig.base.json has every name that is exported. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "./sources.js";

const json = (path: string) => JSON.parse(readFileSync(join(ROOT, path), "utf8"));
/** What is built of other parts, and has no source of its own. */
const BUILT = ["infonet/browser"];
/** Sources of the command that the page shares; nothing of it is exported. */
const OF_THE_PAGE = "@infonet/cli/*";

test("every exported name has its source, and the platform Node's", () => {
  const names = ["infonet", "jax-onnx", "training"].flatMap((folder) => {
    const { name, exports } = json(`packages/${folder}/package.json`) as { name: string; exports: object };
    return Object.keys(exports).map((key) => key.replace(/^\./, name));
  });
  const expected = names.filter((name) => !name.endsWith("/package.json") && !BUILT.includes(name));
  const { paths } = json("tsconfig.base.json").compilerOptions as { paths: Record<string, [string]> };
  expect(Object.keys(paths).sort()).toEqual([...expected, "#platform", OF_THE_PAGE].sort());
  for (const [source] of Object.values(paths)) {
    expect(existsSync(join(ROOT, source.replace("/*", ""))), source).toBe(true);
  }
});
