/** The linter refuses what a room may not import, and nothing else: planted files, all of them in one run. */
import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, posix } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Package, packages, type Room } from "../rooms.mjs";
import { ROOT } from "../sources.js";
import { isFile, WALLS_FILE } from "../walls.mjs";

/** One import a line, so that the line of a diagnosis names it. */
interface Planted {
  file: string;
  allowed: string[];
  refused: string[];
}

const RESTRICTED = "lint/style/noRestrictedImports";
const CYCLES = "lint/suspicious/noImportCycles";

/** A name that an entry of the table stands for. */
const example = (entry: string): string =>
  entry.replace("node:*", "node:fs/promises").replace("**", "some/path");

const stands = (entry: string, name: string): boolean =>
  entry === "node:*" ? name.startsWith("node:") : example(entry) === name;

/** Names of what rooms of some packages may import that is none of their rooms. */
const listedIn = (list: readonly Package[]): string[] =>
  list
    .flatMap(({ floors }) => floors.flat())
    .flatMap(({ imports = [], besides = {} }) => [imports, Object.values(besides)].flat(2).map(example));

const isPath = (name: string): boolean => name.startsWith(".");

/** Names from outside that some room may import, and some that none may. */
const outside: string[] = [
  ...new Set([
    ...["fs", "left-pad", "infonet/dist/index.js", "node:fs"],
    ...listedIn(packages).filter((name) => !isPath(name)),
  ]),
];

/** The same with the package's own files that lie outside its sources; by the same path another package may have a room. */
const outsideOf = (pkg: Package): string[] => [...outside, ...new Set(listedIn([pkg]).filter(isPath))];

/** A file as another one names it. */
function specifier(from: string, to: string): string {
  const path = posix.relative(posix.dirname(from), to).replace(/\.ts$/, ".js");
  return path.startsWith(".") ? path : `./${path}`;
}

/** Imports of everything that there is, planted in one file of a room. */
function plantedIn(pkg: Package, room: Room, name: string, entries: readonly string[]): Planted {
  const { folder, floors } = pkg;
  const source = `${folder}/src`;
  const file = `${source}/${name}`;
  const floor = floors.findIndex((rooms) => rooms.includes(room));
  const planted: Planted = { file, allowed: [], refused: [] };
  for (const [at, other] of floors.flatMap((rooms, index) => rooms.map((r) => [index, r] as const))) {
    if (other === room) continue;
    const target = isFile(other.room) ? other.room : `${other.room}/some.ts`;
    const visible = at < floor && other.behind === undefined;
    planted[visible ? "allowed" : "refused"].push(specifier(file, `${source}/${target}`));
  }
  for (const name of outsideOf(pkg))
    planted[entries.some((entry) => stands(entry, name)) ? "allowed" : "refused"].push(name);
  if (!isFile(room.room)) {
    planted.allowed.push("./some.js", specifier(file, `${source}/${room.room}/some.ts`), "./folder/some.js");
    // Ways round: out and in again, and through a room that may be seen.
    planted.refused.push(
      "./../unknown.js",
      specifier(file, `${source}/${room.room}/some.ts`).replace("some", "a/../../b"),
    );
  }
  const way = posix.relative(posix.dirname(file), source) || ".";
  for (const seen of floors.slice(0, floor).flat())
    if (!isFile(seen.room)) planted.refused.push(`${way}/${seen.room}/../${room.room}/some.js`);
  planted.refused.push(`${way}/../src/index.js`, `${way}/unknown.js`, `${way}/../../other/src/some.js`);
  return planted;
}

/** What is planted in a room: a file of it, one a folder deeper, and those that may import more. */
function plantedInRoom(pkg: Package, room: Room): Planted[] {
  const { imports = [], besides = {} } = room;
  if (isFile(room.room)) return [plantedIn(pkg, room, room.room, imports)];
  return [
    plantedIn(pkg, room, `${room.room}/planted.ts`, imports),
    plantedIn(pkg, room, `${room.room}/folder/planted.ts`, imports),
    ...Object.entries(besides).map(([files, more]) =>
      plantedIn(pkg, room, `${room.room}/${files.replace("*", "-planted")}`, [...imports, ...more]),
    ),
  ];
}

/** Where no room is nothing may be imported; tests may import what the package never does. */
function plantedBeside({ folder, never = [] }: Package): Planted[] {
  const anything = ["vitest", "node:fs", "./some.js", "../src/errors.js", "../../elsewhere/test/some.js"];
  const names = never.map(example);
  return [
    {
      file: `${folder}/src/unlisted/planted.ts`,
      allowed: [],
      refused: ["./some.js", "../errors.js", "node:fs"],
    },
    { file: `${folder}/src/planted.test.ts`, allowed: anything, refused: names },
    { file: `${folder}/test/planted.ts`, allowed: anything, refused: names },
  ];
}

/** Every way to import. */
const forms = [
  'import { a } from "../platform/some.js";',
  'import type { B } from "../platform/some.js";',
  'export { c } from "../platform/some.js";',
  'export * from "../platform/some.js";',
  'export type { D } from "../platform/some.js";',
  'export const e = await import("../platform/some.js");',
];
const FORMS = "packages/infonet/src/copula/forms.ts";

/** Circles of two and of three files, by nothing but types, and by an import at run time. */
const circles: Record<string, string> = {
  "two-a.ts": 'import type { B } from "./two-b.js";',
  "two-b.ts": 'import type { A } from "./two-a.js";',
  "three-a.ts": 'import { type B } from "./three-b.js";',
  "three-b.ts": 'export type { C } from "./three-c.js";',
  "three-c.ts": 'export * from "./three-a.js";',
  "late-a.ts": 'export const b = () => import("./late-b.js");',
  "late-b.ts": 'import "./late-a.js";',
};
const circlesOf = ({ folder, floors }: Package): [string, string][] => {
  const { room } = floors.flat().find((candidate) => !isFile(candidate.room)) as Room;
  return Object.entries(circles).map(([name, text]) => [`${folder}/src/${room}/${name}`, text]);
};

const rooms = packages.flatMap((pkg) => pkg.floors.flat().map((room) => ({ pkg, room })));

/** Lines with a diagnosis, by file and rule. */
let diagnoses: Map<string, number[]>;
let folder: string;

const linesOf = (file: string, category: string): number[] => diagnoses.get(`${file} ${category}`) ?? [];

function refusedIn({ file, allowed, refused }: Planted): string[] {
  const all = [...allowed, ...refused];
  return linesOf(file, RESTRICTED).map((line) => all[line - 1]);
}

async function plant(file: string, lines: readonly string[]): Promise<void> {
  await mkdir(dirname(join(folder, file)), { recursive: true });
  await writeFile(join(folder, file), `${lines.join("\n")}\n`);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "walls-"));
  await mkdir(join(folder, "architecture"));
  await copyFile(join(ROOT, "architecture", WALLS_FILE), join(folder, "architecture", WALLS_FILE));
  const settings = JSON.parse(await readFile(join(ROOT, "biome.json"), "utf8"));
  await writeFile(join(folder, "biome.json"), JSON.stringify({ ...settings, vcs: { enabled: false } }));
  const all = [
    ...rooms.flatMap(({ pkg, room }) => plantedInRoom(pkg, room)),
    ...packages.flatMap(plantedBeside),
  ];
  for (const { file, allowed, refused } of all)
    await plant(
      file,
      [...allowed, ...refused].map((name) => `import ${JSON.stringify(name)};`),
    );
  await plant(FORMS, forms);
  for (const [file, text] of packages.flatMap(circlesOf)) await plant(file, [text]);
  diagnoses = await lint(folder);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function lint(cwd: string): Promise<Map<string, number[]>> {
  const biome = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");
  const args = [biome, "lint", "--reporter=json", "--max-diagnostics=none", "."];
  const output = await new Promise<string>((resolve) => {
    // The exit code tells that something was found.
    execFile(process.execPath, args, { cwd, maxBuffer: 2 ** 28 }, (_, stdout) => resolve(stdout));
  });
  const { diagnostics } = JSON.parse(output) as {
    diagnostics: { category: string; location: { path: string; start: { line: number } } }[];
  };
  const found = new Map<string, number[]>();
  for (const { category, location } of diagnostics) {
    const key = `${location.path.replaceAll("\\", "/")} ${category}`;
    found.set(key, [...(found.get(key) ?? []), location.start.line]);
  }
  return found;
}

describe("the walls", () => {
  test.each(rooms.map(({ pkg, room }) => ({ name: `${pkg.folder}: ${room.room}`, pkg, room })))(
    "stand around $name",
    ({ pkg, room }) => {
      for (const planted of plantedInRoom(pkg, room)) {
        expect(planted.refused.length).toBeGreaterThan(outside.length / 2);
        expect(refusedIn(planted).sort(), planted.file).toEqual(planted.refused.toSorted());
      }
    },
  );

  test.each(packages)("of $folder leave its tests free but for what the package never imports", (pkg) => {
    for (const planted of plantedBeside(pkg))
      expect(refusedIn(planted).sort(), planted.file).toEqual(planted.refused.toSorted());
  });

  test("stand against every way to import", () => {
    expect(linesOf(FORMS, RESTRICTED).toSorted()).toEqual(forms.map((_, index) => index + 1));
  });

  test.each(packages)("of $folder let no circle of imports stand, of types alone neither", (pkg) => {
    for (const [file] of circlesOf(pkg)) expect(linesOf(file, CYCLES), file).toEqual([1]);
  });
});
