import { join } from "node:path";
import { modelOption, nullDrawsOption, seedOption, threadsOption } from "../command/options.js";
import { command, runCommand } from "../command/program.js";
import { describeRow } from "../release/null-statistics.js";
import { nullTable } from "../release/null-table.js";
import { addTable } from "../release/tables.js";

const program = command(
  "npm run null-table --",
  "Tabulates the statistics of the independence test for a model, from which p-values are read, and enters the table " +
    "(null.json) into its model.json.",
  `
npm run release-model does this as its last step, and can be interrupted there.
Alone it is of use after a change of the test's statistics.
`,
)
  .addOption(modelOption())
  .addOption(nullDrawsOption("--draws"))
  .addOption(seedOption("the permutations"))
  .addOption(threadsOption(2))
  .action(async ({ model, ...options }) => {
    const table = await nullTable(model, {
      ...options,
      onRow: (row, done, total) => process.stderr.write(`${describeRow(row)}  (${done} of ${total} sizes)\n`),
    });
    const file = await addTable(model, "null", table);
    process.stdout.write(
      `${join(model, file)}: ${table.n.length} sample sizes, ${table.draws} permutations each\n`,
    );
  });

await runCommand(program);
