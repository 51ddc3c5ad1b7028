/** `npm run examples -- [NAME …]` */
import { InfoNet } from "infonet";
import type { Example } from "./example.js";
import { EXAMPLES_FOLDER, renewFigures, writePictures } from "./files.js";
import { EXAMPLES } from "./index.js";
import { DEFAULT_SEED, type Options, readArguments } from "./options.js";
import { allHold, type Report, reportData, reportText } from "./report.js";

const HELP = `What the paper did with mutual information, as examples that run and measure themselves.

usage: npm run examples -- [NAME …] [options]

examples (all if none is named)
${EXAMPLES.map(helpOf).join("\n")}

  --quick     few draws, at most a minute each: whether it works, not how well
  --seed S    seed of everything that is drawn (default ${DEFAULT_SEED})
  --json      prints the figures as JSON
  --out DIR   writes the pictures into DIR/NAME and leaves the tree as it is

A full run with the default seed and no option of the example's own writes its pictures, and the figures of its
README, into examples/NAME. The exit code is 1 if a check fails. Ctrl-C stops.
`;

function helpOf({ name, title, options = [] }: Example): string {
  const own = options.map((option) => {
    const written = `--${option.name} ${option.value}`;
    return `${" ".repeat(20)}${written.padEnd(19)} ${option.help}`;
  });
  return [`  ${name.padEnd(17)} ${title}`, ...own].join("\n");
}

/** Progress on one line of a terminal, on lines of their own elsewhere. */
function teller(name: string): { report: (line: string) => void; end: () => void } {
  const { stderr } = process;
  if (!stderr.isTTY) {
    let last = "";
    return {
      report: (line) => {
        if (line !== last) stderr.write(`${name}: ${line}\n`);
        last = line;
      },
      end: () => undefined,
    };
  }
  return {
    report: (line) => stderr.write(`\r\u001b[K${`${name}: ${line}`.slice(0, stderr.columns - 1)}`),
    end: () => stderr.write("\r\u001b[K"),
  };
}

async function runExample(
  example: Example,
  net: InfoNet,
  { quick, seed, own }: Options,
  signal: AbortSignal,
): Promise<Report> {
  const { report, end } = teller(example.name);
  const start = performance.now();
  try {
    signal.throwIfAborted();
    const outcome = await example.run({ quick, seed, signal, report, net, options: own });
    const { name, title } = example;
    const seconds = Math.round((performance.now() - start) / 100) / 10;
    const model = net.info.sha256.slice(0, 8);
    return { ...outcome, example: { name, title }, quick, seed, seconds, model };
  } finally {
    end();
  }
}

/** Writes what belongs into the tree, or into the folder asked for; returns the paths. */
async function write(report: Report, { quick, seed, out, own }: Options): Promise<string[]> {
  if (out !== undefined) return writePictures(report, out);
  const asUsual = !quick && seed === DEFAULT_SEED && Object.keys(own).length === 0;
  if (!asUsual || !allHold(report)) return [];
  const readme = await renewFigures(report, EXAMPLES_FOLDER);
  const pictures = await writePictures(report, EXAMPLES_FOLDER);
  return readme === undefined ? pictures : [...pictures, readme];
}

async function main(): Promise<void> {
  const options = readArguments(process.argv.slice(2), EXAMPLES);
  if (options.help) {
    process.stdout.write(HELP);
    return;
  }
  const controller = new AbortController();
  // Once: a second Ctrl-C ends the process as usual.
  process.once("SIGINT", () => controller.abort());
  const net = await InfoNet.load();
  const data: object[] = [];
  try {
    for (const example of options.examples) {
      const report = await runExample(example, net, options, controller.signal);
      for (const path of await write(report, options)) process.stderr.write(`${example.name}: ${path}\n`);
      if (options.json) data.push(reportData(report));
      else process.stdout.write(`${reportText(report)}\n\n`);
      if (!allHold(report)) process.exitCode = 1;
    }
  } finally {
    await net.dispose();
  }
  if (options.json) process.stdout.write(`${JSON.stringify(data, null, 2)}\n`);
}

main().catch((error: unknown) => {
  // The library wraps an abort into an error of its own that carries what was finished.
  if (error instanceof Error && (error.name === "AbortError" || error.name === "AbortedError")) {
    process.stderr.write("examples: stopped.\n");
    process.exitCode = 130;
    return;
  }
  process.stderr.write(`examples: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof TypeError ? 2 : 1;
});
