/** What the pages tell to type is what commands, scripts and the library take. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { runCli } from "../../../packages/cli/src/cli.js";
import { loadInfoNet } from "../../../packages/cli/src/engine.js";
import { fakeIo } from "../../../packages/cli/src/testing/fake-io.js";
import { allSnippets, commandsOf, type Snippet, snippetsOf } from "../src/snippets.js";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const SNIPPETS = allSnippets(ROOT);
const written = (...languages: string[]): Snippet[] =>
  SNIPPETS.filter(({ language }) => languages.includes(language));

test("blocks of a page and commands of a block", () => {
  expect(snippetsOf("a.md", "x\n```sh\nls\n```\n")).toEqual([
    { page: "a.md", line: 2, language: "sh", code: "ls\n" },
  ]);
  expect(
    commandsOf(
      "# all\nA=1 infonet x --y 'a b' \"c\"d > out  # why\ncd # now\ncat a | sort && infonet --z=#1\n",
    ),
  ).toEqual([["infonet", "x", "--y", "a b", "cd"], ["cd"], ["cat", "a"], ["sort"], ["infonet", "--z=#1"]]);
});

describe("JavaScript and TypeScript", () => {
  /** What the snippets take for granted: data under names that speak, and the model. */
  const GIVEN = `
    declare const net: import("infonet").InfoNet;
    declare const x: number[], y: number[], a: number[], b: number[], c: number[], z: number[];
    declare const X: import("infonet").NumberVariable, Y: import("infonet").NumberVariable;
    declare const rowMajorNumbers: Float64Array, age: number[], city: string[], income: number[];
    declare const height: number[], weight: number[], dates: Date[], seed: number, step: number;
    declare const patient: string[], share: string[], dose: number[], response: number[], Freq: number[];
    declare const Class: string[], Sex: string[], Age: string[], Survived: string[];
    declare const genes: Record<string, number[]>, columns: Record<string, number[]>, rows: { age: number }[];
    declare const pairs: [number[], number[]][], controller: { signal: AbortSignal };
    declare function bar(share: number): void;
    declare function draw(cells: unknown): void;
    declare const count: number, theta: Float32Array;
    declare const score: Float64Array, group: string[], label: string[];
    // What is not ours is anything: browsers, jax-js, TensorFlow.js, programs of the reader.
    declare const navigator: any, self: any, console: any, process: any;
    declare const generate: any, noise: any, params: any, distortion: any, tf: any, optimizer: any, variables: any;
    declare const predict: any, trainStep: any, join: any;
    declare module "@jax-js/jax";
    declare module "jest-environment-node";
    declare module "onnxruntime-node";
    declare module "fastify";
    declare module "@sveltejs/kit";
    declare const Response: any;
    declare module "vitest";
  `;
  const blocks = written("js", "ts");
  const name = ({ page, line }: Snippet): string => `${ROOT}${page}.${line}.ts`;
  const sources = new Map(blocks.map((block) => [name(block), `${block.code}\nexport {};\n`]));
  sources.set(`${ROOT}given.d.ts`, GIVEN);

  test("compile", () => {
    // What users get: the declarations of the packages, by the names of their exports.
    const options: ts.CompilerOptions = {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      lib: ["lib.es2023.d.ts"],
      types: [],
      strict: true,
      noImplicitAny: false,
      skipLibCheck: true,
      noEmit: true,
    };
    const host = ts.createCompilerHost(options);
    const { getSourceFile, fileExists, readFile } = host;
    host.getSourceFile = (file, target, ...more) => {
      const text = sources.get(file);
      return text === undefined
        ? getSourceFile(file, target, ...more)
        : ts.createSourceFile(file, text, target);
    };
    host.fileExists = (file) => sources.has(file) || fileExists(file);
    host.readFile = (file) => sources.get(file) ?? readFile(file);
    const program = ts.createProgram([...sources.keys()], options, host);
    const complaints = [...sources.keys()].flatMap((file) => {
      const source = program.getSourceFile(file)!;
      return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
        ({ messageText, start = 0 }) => {
          const { line } = source.getLineAndCharacterOfPosition(start);
          return `${file.slice(ROOT.length)} + ${line + 1}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
        },
      );
    });
    expect(complaints).toEqual([]);
  });
});

describe("shell", () => {
  /** Exit status of a command line that was not understood. */
  const MISUNDERSTOOD = 2;
  /** What is not ours to check. */
  const OF_OTHERS = new Set([
    "npm",
    "npx",
    "cd",
    "sbatch",
    "export",
    "bsub",
    "kubectl",
    "curl",
    "parallel",
    "python3",
  ]);
  const { scripts } = JSON.parse(readFileSync(`${ROOT}package.json`, "utf8")) as {
    scripts: Record<string, string>;
  };
  const lines = [
    ...written("sh").flatMap(({ code, ...block }) => commandsOf(code).map((words) => ({ ...block, words }))),
    ...SNIPPETS.filter(({ language }) => language === "text").flatMap(({ code, ...block }) =>
      [...code.matchAll(/^\$ (infonet .*)$/gm)].flatMap(([, line]) =>
        commandsOf(line).map((words) => ({ ...block, words })),
      ),
    ),
  ].map(({ words, ...block }) => ({
    ...block,
    words: words[0] === "npx" && words[1] === "infonet" ? words.slice(1) : words,
  }));

  /** Runs a command line of ours in this process. */
  async function ran(words: readonly string[]) {
    const io = fakeIo({ env: { INFONET_QUEUE: "redis://127.0.0.1:1" } });
    const status = await runCli(words.slice(1), "0", {
      io,
      load: loadInfoNet,
      signal: new AbortController().signal,
    });
    return { status, out: io.stdout, err: io.stderr };
  }

  test("the command takes every line", async () => {
    const ours = lines.filter(({ words }) => words[0] === "infonet");
    expect(ours.length).toBeGreaterThan(40);
    const complaints: string[] = [];
    for (const { page, line, words } of ours) {
      // No file of these is there: what is understood ends with that.
      const { status, err } = await ran(words.map((word) => word.replace(/^examples\//, "")));
      if (status === MISUNDERSTOOD) complaints.push(`${page}:${line} ${words.join(" ")}: ${err}`);
    }
    expect(complaints).toEqual([]);
  });

  test("npm knows every script, and nothing else is asked for that is not known", () => {
    const others = lines.filter(({ words }) => words[0] !== "infonet");
    const unknown = others.filter(({ words: [program, run, script] }) =>
      program === "npm" && run === "run" ? !(script in scripts) : !OF_OTHERS.has(program),
    );
    expect(unknown.map(({ page, words }) => `${page}: ${words.join(" ")}`)).toEqual([]);
  });

  test("the first answer is the one that the page shows", async () => {
    const page = SNIPPETS.filter(({ page }) => page === "docs/start.md");
    const at = page.findIndex(({ language }) => language === "text");
    const words = commandsOf(page[at - 1].code)
      .at(-1)!
      .slice(1);
    const { out } = await ran(words.map((word) => word.replace(/^penguins/, `${ROOT}examples/penguins`)));
    const shown = out.replaceAll(`${ROOT}examples/`, "");
    expect(shown.slice(0, page[at].code.length)).toBe(page[at].code);
  });
});
