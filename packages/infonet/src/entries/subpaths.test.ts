/** What can be imported of the package is what docs/packages.md lists, and what that calls internal. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const read = (name: string): string => readFileSync(new URL(`../../../../${name}`, import.meta.url), "utf8");

const INTERNAL = ["infonet/internal/release"];

test("the public subpaths are those that are documented", () => {
  const { exports } = JSON.parse(read("packages/infonet/package.json")) as {
    exports: Record<string, unknown>;
  };
  const subpaths = Object.keys(exports)
    .filter((subpath) => subpath !== "./package.json")
    .map((subpath) => subpath.replace(/^\./, "infonet"));
  const [, table] = /^\| subpath .*\n((?:\|.*\n)+)/m.exec(read("docs/packages.md"))!;
  const listed = [...table.matchAll(/^\| `([^`]*)`/gm)].map(([, name]) => name);
  expect(subpaths.sort()).toEqual([...listed, ...INTERNAL].sort());
});
