/** Every command of the package as a process: it tells how it is used, and ends with one line when it is used wrongly. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const BIN = fileURLToPath(new URL("../dist/bin/", import.meta.url));
const COMMANDS = readdirSync(BIN).filter((file) => file.endsWith(".js"));
const ROOT = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8"));

const node = (file: string, ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(BIN, file), ...args], {
    encoding: "utf8",
  });
  return { status, stdout, stderr };
};

test("the steps of a release, and the release, are commands of the workspace", () => {
  const steps = ["export", "graphs", "calibrate", "network-head", "null-table", "counts-head"];
  for (const name of [...steps, "release-model"]) {
    expect(ROOT.scripts[name]).toBe(`node packages/training/dist/bin/${name}.js`);
  }
  expect(COMMANDS).toHaveLength(14);
});

test.each(COMMANDS)("%s tells how it is used, in lines of a terminal's width", (file) => {
  const { status, stdout, stderr } = node(file, "--help");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(
    /^Usage: (npm run [\w:-]+ --|node packages\/training\/dist\/bin\/[\w-]+\.js) \[options\]/,
  );
  expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
});

test.each(COMMANDS)("%s ends with 2 and one line when it is used wrongly", (file) => {
  const { status, stdout, stderr } = node(file, "--colour", "red");
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toMatch(
    /^[\w:-]+: (unknown option '--colour'|required option '--\w+ <\w+>' not specified); see .* --help\n$/,
  );
});

test.each([
  [
    "release-model.js",
    /^release-model: .*nowhere holds no checkpoint\.bin; give the folder of an earlier run\n$/,
  ],
  ["export.js", /^export: .*nowhere holds no checkpoint\.bin/],
])("%s of no run fails with 1 and one line", (file, message) => {
  const folder = mkdtempSync(join(tmpdir(), "command-"));
  const { status, stdout, stderr } = node(file, join(folder, "nowhere"), "--out", join(folder, "model"));
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(message);
  expect(readdirSync(folder)).toEqual([]);
});

test("a bare model does not take the place of one that has tables", () => {
  const folder = mkdtempSync(join(tmpdir(), "command-"));
  writeFileSync(join(folder, "null.json"), "{}");
  const { status, stderr } = node("export.js", "nowhere", "--out", folder);
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /^export: .* holds a model with null\.json, which a bare model would lack; give another folder/,
  );
});
