import { measurePrior } from "../bench/prior-cost.js";
import { seedOption, wholeOption } from "../command/options.js";
import { command, runCommand } from "../command/program.js";

const program = command(
  "node packages/training/dist/bin/bench-prior.js",
  "Measures what the generator of training data costs and what it makes: milliseconds by family and by stage, quantiles of the " +
    "true mutual information, noise of the labels.",
)
  .addOption(wholeOption("--count <N>", "distributions", 1, 2000))
  .addOption(seedOption("the distributions"))
  .action(({ count, seed }) => measurePrior(count, seed, (line) => console.log(line)));

await runCommand(program);
