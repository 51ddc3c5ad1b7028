/** `npm run bench -- SUITE …` */
import { copyFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { InfoNet } from "infonet";
import { environment } from "./environment.js";
import { partialFile, reportFile, writeReport } from "./files.js";
import { Journal } from "./journal.js";
import { reportText } from "./report.js";
import { SUITES } from "./suites/index.js";

const HELP = `Measures the library anew where the paper and public benchmarks have numbers.

usage: npm run bench -- SUITE … [options]

suites
${Object.entries(SUITES)
  .map(([name, { about }]) => `  ${name.padEnd(17)} ${about}`)
  .join("\n")}
  all               one after the other

  --quick          few draws, under two minutes a suite: whether it works, not how well
  --json FILE      write the report there too (one suite)
  --seed S         seed of all samples (default 1)
  --triples FILE   the paper's published triples (default ../shared/eval/gmm-triples.json)
  --model DIR      folder of another model

Reports land in bench/results/SUITE.json, pictures beside them; \`npm run bench:docs\` makes docs/benchmarks.md
of them. Ctrl-C stops a run; the same command goes on where it was.
`;

/** Progress on one line of a terminal, on lines of their own elsewhere. */
function teller(suite: string): { tell: (line: string) => void; end: () => void } {
  const { stderr } = process;
  if (!stderr.isTTY) {
    let last = "";
    return {
      tell: (line) => {
        if (line !== last) stderr.write(`${suite}: ${line}\n`);
        last = line;
      },
      end: () => undefined,
    };
  }
  return {
    tell: (line) => stderr.write(`\r\u001b[K${`${suite}: ${line}`.slice(0, stderr.columns - 1)}`),
    end: () => stderr.write("\r\u001b[K"),
  };
}

interface Options {
  quick: boolean;
  seed: number;
  triples: string;
  model: string | undefined;
  json: string | undefined;
}

async function runSuite(name: string, options: Options, signal: AbortSignal): Promise<void> {
  const suite = SUITES[name];
  const { quick, seed, triples, model } = options;
  const net = await InfoNet.load({ threads: suite.threads, model });
  const { tell, end } = teller(name);
  try {
    const where = environment(`${net.info.name} ${net.info.sha256.slice(0, 12)}`);
    if (where.load > 0.5 && !quick) {
      process.stderr.write(
        `bench: the load of this machine is ${where.load}; timings of a busy machine mean little.\n`,
      );
    }
    const { load, model: weights, ...identity } = where;
    const journal = await Journal.open(
      partialFile(name, quick),
      { name, quick, seed, triples, ...identity },
      weights,
      signal,
    );
    if (journal.found > 0) tell(`going on after ${journal.found} finished pieces`);
    const measured = await suite.run({ quick, seed, triples, model, net, journal, signal, tell });
    const head = { suite: name, title: suite.title, quick, seed, date: new Date().toISOString() };
    const report = await writeReport({ ...head, environment: where }, measured);
    await journal.finish();
    end();
    process.stdout.write(`${reportText(report)}\n\n`);
    if (options.json !== undefined) await copyFile(reportFile(name, quick), options.json);
  } finally {
    end();
    await net.dispose();
  }
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: "boolean", default: false },
      json: { type: "string" },
      seed: { type: "string", default: "1" },
      triples: { type: "string", default: "../shared/eval/gmm-triples.json" },
      model: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help || positionals.length === 0) {
    process.stdout.write(HELP);
    if (!values.help) process.exitCode = 2;
    return;
  }
  const names = positionals.includes("all") ? Object.keys(SUITES) : positionals;
  for (const name of names) {
    if (!Object.hasOwn(SUITES, name)) {
      throw new TypeError(`${name} is no suite; take one of ${Object.keys(SUITES).join(", ")}, all`);
    }
  }
  if (values.json !== undefined && names.length > 1) {
    throw new TypeError(`--json ${values.json} holds one report, and ${names.length} suites are asked for`);
  }
  const seed = Number(values.seed);
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new TypeError(`--seed is "${values.seed}"; give a whole number from 0`);
  }
  const controller = new AbortController();
  // Once: a second Ctrl-C ends the process as usual.
  process.once("SIGINT", () => controller.abort());
  const { quick, triples, model, json } = values;
  for (const name of names) await runSuite(name, { quick, triples, model, json, seed }, controller.signal);
}

main().catch((error: unknown) => {
  if (error instanceof Error && error.name === "AbortError") {
    process.stderr.write("bench: stopped; the same command goes on where it was.\n");
    process.exitCode = 130;
    return;
  }
  process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof TypeError ? 2 : 1;
});
