import { parseArgs } from "node:util";
import { runCommand } from "../command.js";
import { writeGraphs } from "../graph-files.js";
import { startJax } from "../jax.js";

const HELP = `Writes the graphs of an exported model anew and enters them into model.json: those of estimates with their
critic, of estimates alone, and of gradients. Weights and tables stay as they are. \`npm run export\` writes
the graphs by itself; this is for after a change of the network's code or of jax-onnx, and for older models.

usage: npm run graphs -- [--model packages/infonet/model]
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
  const bytes = await writeGraphs(values.model);
  process.stdout.write(`${values.model}: graphs of ${(bytes / 1e3).toFixed(0)} kB\n`);
}

runCommand("graphs", main);
