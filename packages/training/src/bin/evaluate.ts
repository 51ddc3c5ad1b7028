import { cpus } from "node:os";
import { Argument } from "commander";
import { InfoNet } from "infonet";
import { seedOption, threadsOption } from "../command/options.js";
import { command, runCommand } from "../command/program.js";
import { infonetEstimator } from "../evaluate/infonet.js";
import { measureSections } from "../evaluate/scoreboard.js";
import { SECTIONS } from "../evaluate/sections.js";

const program = command(
  "npm run evaluate --",
  "Measures a model: the scoreboard.",
  `
Sections:
  triples    the published order-test triples, n = 2000 and 5000
  copulas    nine parametric copulas
  unseen     the paper's families: normal, additive uniform, gamma–exponential
  sizes      both and more at n = 200, 1000 and 5000
  strong     strong dependence up to 7 nats, n up to 100,000; a checkerboard
  density    the copula density at fresh points of laws that are known
  derivative derivatives through the density along parameters of laws
  levels     levels beside a number
  coverage   the 90 % interval on fresh draws from the prior
  level      the independence test on continuous, tied and categorical data

Examples:
  npm run evaluate -- --quick
  npm run evaluate -- copulas triples --seed 2 --model models/second

How to read it: docs/training.md
`,
)
  .addArgument(new Argument("[SECTION...]", "what to measure (default: all)").choices(Object.keys(SECTIONS)))
  .option("--quick", "fewer draws, for a first look", false)
  .option("--triples <FILE>", "the triples", "../shared/eval/gmm-triples.json")
  .addOption(seedOption("the samples"))
  .addOption(threadsOption(2))
  .option("--model <DIR>", "folder of another model than the one that ships")
  .option("--json", "print JSON instead of tables", false)
  .action(async (given: string[], { quick, triples, seed, threads, model, json }) => {
    const names = given.length > 0 ? given : Object.keys(SECTIONS);
    const net = await InfoNet.load({ threads, model });
    const options = {
      seed,
      quick,
      triples,
      tell: (line: string) => void process.stderr.write(`${line}\n`),
    };
    const board = await measureSections(names, infonetEstimator(net), options, ({ title, text }) => {
      if (!json) process.stdout.write(`\n${title}\n\n${text}\n`);
    });
    const { info } = net;
    await net.dispose();
    const machine = `${cpus()[0]?.model ?? "unknown"}, ${cpus().length} cores, node ${process.version}`;
    if (json) {
      const sections = Object.fromEntries(
        Object.entries(board.sections).map(([name, { title, data }]) => [name, { title, data }]),
      );
      process.stdout.write(`${JSON.stringify({ model: info, seed, quick, machine, sections }, null, 2)}\n`);
      return;
    }
    const each = `${board.pairs} pairs, ${(board.milliseconds / board.pairs).toFixed(2)} ms each with ${threads} threads`;
    const cost = board.pairs > 0 ? `; ${each}` : "";
    process.stdout.write(`\n${info.name} ${info.sha256.slice(0, 12)}, seed ${seed}${cost} (${machine})\n`);
  });

await runCommand(program);
