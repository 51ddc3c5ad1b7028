/**
 * Mutation testing of the rooms that decide numbers: changes one operator of a source at a time and looks whether a test
 * of these rooms fails. See docs/mutants.md.
 *
 *     npm run mutants                             all rooms
 *     npm run mutants -- inference copula/ranks   a room, a file
 *     npm run mutants -- --survivors inference    only those that survived the last time, or are new
 */

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Lane, ProcessLane } from "./lane.mjs";
import { mutantsOf } from "./operators.mjs";

const SOURCES = resolve(dirname(fileURLToPath(import.meta.url)), "../packages/infonet/src");
/** What became of every mutant, a file a room. */
const reportOf = (room) => resolve(SOURCES, `../../../reports/mutants-${room.replace("/", "-")}.json`);
const ROOMS = [
  "numerics",
  "copula",
  "features",
  "features/smooth",
  "inference",
  "evidence",
  "classical",
  "engine",
  "pairs",
];
/**
 * `mine` trains a network for every estimate; its tests take minutes and are not among those of the room. What serves
 * several columns is tested by the room of several columns, and what puts model, threads and network together by the tests of
 * the whole library (`lifetime`, `infonet`, `threads`), which start a platform.
 */
const LEFT_OUT = /\/(mine[^/]*|index|linear|engine|model|task|network-tasks|estimate)$/;

/** A test that takes so much longer than it did without a mutant hangs; so does a module that loads so long. */
const PATIENCE = 20;
const LEAST_PATIENCE_MS = 2500;
const LOADING_PATIENCE_MS = 20_000;
/** Test files that a mutant meets: its own, those that import the mutated file, those that import least beside it. */
const NEAREST = 4;
/** Tests that take longer are left out, but for those of the mutated file itself: milliseconds of processor time. */
const SLOW_MS = 60;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    survivors: { type: "boolean", default: false },
    workers: { type: "string", default: "2" },
  },
});

const started = performance.now();
let unkilled = 0;
for (const room of ROOMS) {
  const names = filesOf(room).filter(
    (name) => positionals.length === 0 || positionals.some((p) => p === room || p === name),
  );
  if (names.length > 0) unkilled += await runRoom(room, names);
}
console.log(`${Math.round((performance.now() - started) / 1000)} s, ${unkilled} survivors`);

function filesOf(room) {
  return readdirSync(resolve(SOURCES, room))
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map((file) => `${room}/${file.slice(0, -3)}`)
    .filter((name) => !LEFT_OUT.test(name));
}

function testsOf(room) {
  return readdirSync(resolve(SOURCES, room))
    .filter((file) => file.endsWith(".test.ts"))
    .map((file) => resolve(SOURCES, room, file));
}

async function runRoom(room, names) {
  const report = readReport(room);
  const sources = new Set(names.map((name) => resolve(SOURCES, `${name}.ts`)));
  const tests = ROOMS.flatMap(testsOf).filter((file) =>
    [...importsOf(file)].some((path) => sources.has(path)),
  );
  const imports = new Map(tests.map((file) => [file, importsOf(file)]));
  const first = new Lane();
  const baseline = await first.ask({ files: tests, order: [], skipped: new Set() }, () => Infinity);
  await first.end();
  if (baseline.killer) throw new Error(`without a mutant "${baseline.killer}" fails: ${baseline.error}`);
  const times = new Map(baseline.times);
  const jobs = names.flatMap((name) => jobsOf(name, tests, imports, times, report));
  console.log(`${room}: ${jobs.length} mutants, ${times.size} tests`);
  const patience = new Map([
    [undefined, LOADING_PATIENCE_MS],
    ...[...times].map(([name, ms]) => [name, Math.max(LEAST_PATIENCE_MS, PATIENCE * ms)]),
  ]);
  let next = 0;
  const work = async () => {
    const lane = new ProcessLane();
    while (next < jobs.length) {
      const job = jobs[next++];
      const { killer = null, ms } = await lane.ask(job, patience);
      report.set(job.key, { ...job.place, killer, ms });
      if (next % 100 === 0) {
        writeReport(room, report);
        console.log(`${next} of ${jobs.length}, ${Math.round((performance.now() - started) / 1000)} s`);
      }
    }
    lane.end();
  };
  await Promise.all(Array.from({ length: Number(options.workers) }, work));
  writeReport(room, report);
  return tell(room, names, report);
}

/** The files that a file imports, itself included. */
function importsOf(file, found = new Set()) {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, specifier] of readFileSync(file, "utf8").matchAll(/from "(\.[^"]+)\.js"/g)) {
    importsOf(resolve(dirname(file), `${specifier}.ts`), found);
  }
  return found;
}

/** The mutants of a file, each with the tests in the order in which they are most likely to fail soon. */
function jobsOf(name, tests, imports, times, report) {
  const path = resolve(SOURCES, `${name}.ts`);
  const text = readFileSync(path, "utf8");
  // The file's own tests, then those that import it themselves, then those of files that import little else.
  const own = path.replace(/\.ts$/, ".test.ts");
  const direct = new RegExp(`from "\\.{1,2}/([a-z/.]*/)?${name.slice(name.lastIndexOf("/") + 1)}\\.js"`);
  const rank = (file) => {
    if (file === own) return 0;
    return imports.get(file).size + (direct.test(readFileSync(file, "utf8")) ? 0 : 1000);
  };
  const files = tests
    .filter((file) => imports.get(file).has(path))
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, NEAREST);
  const lineOf = (at) => text.slice(0, at).split("\n").length;
  const skipped = new Set(
    [...times]
      .filter(([test, ms]) => ms > SLOW_MS && !test.startsWith(`${own.slice(own.lastIndexOf("/") + 1)} > `))
      .map(([test]) => test),
  );
  const quickest = [...times].sort((a, b) => a[1] - b[1]).map(([test]) => test);
  const keys = new Set();
  const jobs = [];
  for (const { start, end, replacement } of mutantsOf(text)) {
    const line = lineOf(start);
    const original = text.slice(start, end).replace(/\s+/g, " ").slice(0, 60);
    const lineText = text.split("\n")[line - 1];
    const column = start - text.lastIndexOf("\n", start - 1);
    const key = `${name} ${start}–${end} → ${replacement}`;
    keys.add(key);
    const known = report.get(key);
    if (options.survivors && known?.killer) continue;
    const leads = (file) =>
      known?.killer?.startsWith(`${file.slice(file.lastIndexOf("/") + 1)} > `) ? 0 : 1;
    const order = known?.killer
      ? [known.killer, ...quickest.filter((test) => test !== known.killer)]
      : quickest;
    jobs.push({
      key,
      place: { name, line, column, original, replacement, context: lineText.trim() },
      files: files.slice().sort((a, b) => leads(a) - leads(b)),
      order,
      skipped,
      mutant: { path, text: text.slice(0, start) + replacement + text.slice(end) },
    });
  }
  for (const [key, { name: of }] of report) if (of === name && !keys.has(key)) report.delete(key);
  return jobs;
}

function tell(room, names, report) {
  let [killed, total] = [0, 0];
  for (const name of names) {
    const results = [...report.values()].filter((result) => result.name === name);
    const survivors = results.filter(({ killer }) => killer === null);
    killed += results.length - survivors.length;
    total += results.length;
    console.log(`${name}: ${results.length - survivors.length} of ${results.length} killed`);
    for (const { line, column, original, replacement, context } of survivors) {
      console.log(`  ${line}:${column}  ${original}  →  ${replacement || "(nothing)"}    | ${context}`);
    }
  }
  console.log(`${room}: ${killed} of ${total} killed (${((100 * killed) / total).toFixed(1)} %)`);
  return total - killed;
}

function readReport(room) {
  try {
    return new Map(Object.entries(JSON.parse(readFileSync(reportOf(room), "utf8"))));
  } catch {
    return new Map();
  }
}

function writeReport(room, report) {
  mkdirSync(dirname(reportOf(room)), { recursive: true });
  writeFileSync(reportOf(room), JSON.stringify(Object.fromEntries(report), null, 1));
}
