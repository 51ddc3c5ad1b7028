import { join } from "node:path";
import { calibrationDrawsOption, modelOption, seedOption, workersOption } from "../command/options.js";
import { command, runCommand } from "../command/program.js";
import { calibrationTable } from "../release/calibration-draws.js";
import { openQuantileModel } from "../release/quantile-model.js";
import { addTable } from "../release/tables.js";

const program = command(
  "npm run calibrate --",
  "Calibrates the 90 % interval of a model on fresh draws from the prior, and enters the table (calibration.json) into its " +
    "model.json.",
  `
npm run release-model does this as its third step, and can be interrupted
there. Alone it is of use after a change of the prior or of how the calibration
is fitted.
`,
)
  .addOption(modelOption())
  .addOption(calibrationDrawsOption("--draws"))
  .addOption(seedOption("the draws"))
  .addOption(workersOption())
  .action(async ({ model: folder, ...options }) => {
    const model = await openQuantileModel(folder);
    const table = await calibrationTable(model, {
      ...options,
      onProgress: (done, total) => process.stderr.write(`${done} of ${total} draws\n`),
    });
    await model.close();
    const file = await addTable(folder, "calibration", table);
    process.stdout.write(`${join(folder, file)}: ${table.draws} draws\n`);
  });

await runCommand(program);
