import { jsonOption, seedOption, wholeOption } from "../command/options.js";
import { command, runCommand } from "../command/program.js";
import { writeChunks } from "../gpu/chunk-files.js";

const program = command(
  "node packages/training/dist/bin/generate.js",
  "Writes batches of the training stream as files. gpu/train.py starts as many of these as there are cores.",
  `
Waits while three files of its name are there: remove what is read. Ends when
its standard input does, so that none is left behind by whoever started it.
`,
)
  .argument("<DIR>", "folder for the files")
  .requiredOption("--name <NAME>", "start of the files' names: NAME-F.bin, then NAME-(F + T).bin and so on")
  .addOption(seedOption("the stream").default(undefined).makeOptionMandatory())
  .addOption(wholeOption("--first <F>", "number of the first example", 0, 0))
  .addOption(
    wholeOption(
      "--stride <T>",
      "from the first example of a file to that of the next (default: the size)",
      1,
    ),
  )
  .addOption(wholeOption("--size <B>", "examples a file", 1, 256))
  .addOption(
    jsonOption("--examples <JSON>", "what the examples are like, as run.json says it", '{"levelShare":0.1}'),
  )
  .addOption(wholeOption("--count <N>", "files (default: no end)", 1))
  .action(async (folder: string, { stride, ...options }) => {
    const stop = new AbortController();
    process.stdin.resume();
    process.stdin.once("close", () => stop.abort());
    await writeChunks(folder, { ...options, stride: stride ?? options.size, signal: stop.signal });
    process.stdin.destroy();
  });

await runCommand(program);
