import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { modelOption, seedOption, wholeOption } from "../command/options.js";
import { command, runCommand } from "../command/program.js";
import { type CountScore, scoreCountLaws } from "../counts/score-laws.js";

const program = command(
  "npm run counts-score --",
  "Compares estimates of tables of counts with the truth on laws whose information is known: root mean square errors in nats " +
    "of the head in counts.json, of Chao, Wang & Jost, of Miller & Madow and of the plug-in.",
  `
Every line is a law at a sample size; "held" is the share of 90 % intervals that
hold the truth. Without a counts.json in the folder the head's column is that of
the estimate without a head.
`,
)
  .addOption(modelOption())
  .addOption(wholeOption("--draws <N>", "samples a law and size", 1, 100))
  .addOption(seedOption("the samples"))
  .action(({ model, ...options }) => {
    const path = join(model, "counts.json");
    const head: unknown = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined;
    const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |\n`;
    process.stdout.write(
      line([
        "law",
        "n",
        "truth",
        "head",
        "bias",
        "held",
        "width",
        "Chao–Wang–Jost",
        "Miller–Madow",
        "plug-in",
      ]) + line(Array.from({ length: 10 }, () => "---")),
    );
    const nats = (value: number): string => value.toFixed(4);
    scoreCountLaws(head, options, (score: CountScore) => {
      const { law, n, truth, bias, coverage, width } = score;
      const errors = [score.chaoWangJost, score.millerMadow, score.plugIn].map(nats);
      const own = [nats(truth), nats(score.head), nats(bias), coverage.toFixed(2), nats(width)];
      process.stdout.write(line([law, String(n), ...own, ...errors]));
    });
  });

await runCommand(program);
