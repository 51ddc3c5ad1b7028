import { Option } from "commander";
import { describe, expect, test } from "vitest";
import { ARCHITECTURE_NAMES, COPULA_DENSITY, PERCEIVER } from "../architecture/index.js";
import { exitStatus, Interrupted, oneLine, UsageError } from "./errors.js";
import { networkSizes } from "./network-sizes.js";
import { oneOf, positiveNumber, seedOption, wholeNumber } from "./options.js";
import { command, parseCommand, subcommand } from "./program.js";

/** Runs a command that has a seed and a folder, and throws what it is told to. */
async function run(args: string[], failure?: unknown) {
  let [stdout, stderr] = ["", ""];
  let seen: unknown;
  const program = command("npm run try --", "Tries.", "\nExamples:\n  npm run try -- DIR\n")
    .argument("<DIR>", "a folder")
    .addOption(seedOption("it"))
    .action((folder, options) => {
      seen = { folder, ...options };
      if (failure !== undefined) throw failure;
    });
  const status = await parseCommand(program, args, {
    out: (text) => {
      stdout += text;
    },
    err: (text) => {
      stderr += text;
    },
  });
  return { status, stdout, stderr, seen };
}

describe("a command", () => {
  test("gets its arguments and options, defaults included", async () => {
    expect(await run(["there"])).toEqual({
      status: 0,
      stdout: "",
      stderr: "",
      seen: { folder: "there", seed: 1 },
    });
    expect((await run(["there", "--seed", "7"])).seen).toEqual({ folder: "there", seed: 7 });
  });

  test("tells on stdout how it is used", async () => {
    const { status, stdout, stderr } = await run(["--help"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^Usage: npm run try -- \[options\] <DIR>\n\nTries\.\n/);
    expect(stdout).toMatch(/--seed <S> {2}seed of it \(default: 1\)/);
    expect(stdout).toMatch(/Examples:\n {2}npm run try -- DIR\n$/);
  });

  test.each([
    [[], "try: missing required argument 'DIR'; see npm run try -- --help\n"],
    [["a", "b"], "try: too many arguments. Expected 1 argument but got 2; see npm run try -- --help\n"],
    [["a", "--sed", "1"], "try: unknown option '--sed' (Did you mean --seed?); see npm run try -- --help\n"],
    [["a", "--seed"], "try: option '--seed <S>' argument missing; see npm run try -- --help\n"],
    [["a", "--seed", "1.5"], 'try: --seed is "1.5"; give a whole number from 0; see npm run try -- --help\n'],
  ])("ends with 2 and one line when it is used wrongly: %j", async (args, stderr) => {
    expect(await run(args)).toEqual({ status: 2, stdout: "", stderr, seen: undefined });
  });

  test("ends with 1 and one line when it fails, a bug included, with 130 when it is interrupted", async () => {
    expect(await run(["a"], new Error("DIR holds\nnothing"))).toMatchObject({
      status: 1,
      stderr: "try: DIR holds nothing\n",
    });
    expect(await run(["a"], new TypeError("x is not a function"))).toMatchObject({ status: 1 });
    expect(await run(["a"], new Interrupted("interrupted; go on"))).toMatchObject({
      status: 130,
      stderr: "try: interrupted; go on\n",
    });
  });

  test("with commands of its own asks for one, and suggests", async () => {
    const group = () => {
      const program = command("npm run group --", "Has two.");
      subcommand(program, "prepare", "Before.").action(() => {});
      subcommand(program, "collect", "After.").action(() => {});
      return program;
    };
    const of = async (...args: string[]) => {
      let stderr = "";
      const status = await parseCommand(group(), args, { out: () => {}, err: (text) => (stderr += text) });
      return [status, stderr];
    };
    expect(await of()).toEqual([2, "group: a command is missing; see npm run group -- --help\n"]);
    expect(await of("colect")).toEqual([
      2,
      "group: unknown command 'colect' (Did you mean collect?); see npm run group -- --help\n",
    ]);
    expect(await of("collect")).toEqual([0, ""]);
  });
});

describe("values of options", () => {
  test.each(["", " ", "-1", "1e3", "0x10", "9007199254740993", "2"])("no whole number from 3: %j", (text) => {
    expect(() => wholeNumber("--n", 3)(text)).toThrow(UsageError);
    expect(() => wholeNumber("--n", 3)(text)).toThrow(
      `--n is ${JSON.stringify(text)}; give a whole number from 3`,
    );
  });

  test.each(["", "0", "-2", "1e999", "fast"])("no number above 0: %j", (text) => {
    expect(() => positiveNumber("--rate")(text)).toThrow(
      `--rate is ${JSON.stringify(text)}; give a number above 0`,
    );
  });

  test("what is right is read", () => {
    expect(wholeNumber("--n", 3)("3")).toBe(3);
    expect(positiveNumber("--rate")("2.5e-3")).toBe(0.0025);
    expect(oneOf("--architecture", ARCHITECTURE_NAMES)("perceiver")).toBe("perceiver");
    expect(() => oneOf("--architecture", ARCHITECTURE_NAMES)("percever")).toThrow(
      '--architecture is "percever"; give one of copula-density, perceiver',
    );
    expect(seedOption("it")).toBeInstanceOf(Option);
  });

  test("sizes of a network are taken over its own; those of another are refused by name", () => {
    expect(networkSizes(COPULA_DENSITY, '{"width":96}')).toEqual({
      ...COPULA_DENSITY.defaults,
      width: 96,
    });
    expect(networkSizes(PERCEIVER, "{}")).toEqual(PERCEIVER.defaults);
    expect(() => networkSizes(PERCEIVER, '{"valueWidth":3}')).toThrow(
      /^--network has valueWidth; the sizes of a perceiver are points, latents, /,
    );
    for (const text of ["width=96", "[96]", "null", "96"]) {
      expect(() => networkSizes(PERCEIVER, text)).toThrow(`--network is ${text}; give JSON such as`);
    }
  });
});

test("an error is one line, whatever it holds", () => {
  expect(oneLine(new Error("a\u001b[2J\n\tb"))).toBe("a [2J b");
  expect(oneLine("plain")).toBe("plain");
  expect(oneLine(new Error(""))).toMatch(/^failed without a message/);
  expect([new UsageError("x"), new Interrupted("x"), new RangeError("x")].map(exitStatus)).toEqual([
    2, 130, 1,
  ]);
});
