import { parseArgs } from "node:util";
import { runCommand } from "../command.js";
import { addGradientGraphs } from "../gradient-graphs.js";
import { startJax } from "../jax.js";

const HELP = `Writes the graphs that the gradient of the mutual information needs into an exported model, and enters
them into model.json. \`npm run export\` does so by itself; this adds them to older models, or writes them
anew after a change of the network's code or of jax-onnx.

usage: npm run gradient-graphs -- [--model packages/infonet/model]
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      model: { type: "string", default: "packages/infonet/model" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  await startJax();
  const bytes = await addGradientGraphs(values.model);
  process.stdout.write(`${values.model}: gradient graphs of ${(bytes / 1e3).toFixed(0)} kB\n`);
}

runCommand("gradient-graphs", main);
