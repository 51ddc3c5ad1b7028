import { modelOption } from "../command/options.js";
import { command, runCommand } from "../command/program.js";
import { writeGraphs } from "../release/graph-files.js";
import { startJax } from "../runtime/jax.js";

const program = command(
  "npm run graphs --",
  "Writes the graphs of an exported model anew and enters them into its model.json: those of estimates with their density, of " +
    "estimates alone, and of gradients.",
  `
Weights and tables stay as they are. A release has its graphs already (npm run
release-model); alone this is of use after a change of the network's code or of
jax-onnx, and for a model that lacks some of them.
`,
)
  .addOption(modelOption())
  .action(async ({ model }) => {
    await startJax();
    const bytes = await writeGraphs(model);
    process.stdout.write(`${model}: graphs of ${(bytes / 1e3).toFixed(0)} kB\n`);
  });

await runCommand(program);
