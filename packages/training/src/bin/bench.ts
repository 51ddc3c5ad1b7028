import { measureStep } from "../bench/step-speed.js";
import { wholeOption } from "../command/options.js";
import { command, runCommand } from "../command/program.js";

const program = command(
  "npm run bench:training --",
  "Compares the speed of a training step in ONNX Runtime and in jax-js, one thread each.",
)
  .addOption(wholeOption("--batch <B>", "distributions a step", 1, 32))
  .addOption(wholeOption("--steps <N>", "steps, of which the median counts", 1, 5))
  .option("--json", "print JSON instead of text", false)
  .action(async ({ batch, steps, json }) => {
    const result = await measureStep(batch, steps);
    if (json) {
      process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
      return;
    }
    const {
      onnxMilliseconds,
      jaxMilliseconds,
      ratio,
      loss,
      generatorMillisecondsPerExample: generator,
    } = result;
    process.stdout.write(
      [
        `training step, batch ${batch}, one thread, median of ${steps} (${result.machine})`,
        `  ONNX Runtime   ${onnxMilliseconds.toFixed(0).padStart(7)} ms   loss ${loss.onnx.toFixed(6)}`,
        `  jax-js, wasm   ${jaxMilliseconds.toFixed(0).padStart(7)} ms   loss ${loss.jax.toFixed(6)}`,
        `  ratio          ${ratio.toFixed(1).padStart(7)} ×`,
        `  generator      ${generator.toFixed(2).padStart(7)} ms a distribution, beside ${(onnxMilliseconds / batch).toFixed(2)} ms of arithmetic`,
        "",
      ].join("\n"),
    );
  });

await runCommand(program);
