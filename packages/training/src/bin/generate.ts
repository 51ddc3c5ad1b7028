import { parseArgs } from "node:util";
import { runCommand, wholeOption } from "../command.js";
import { generateFiles } from "../gpu/generate.js";

const HELP = `Writes batches of the training stream as files. gpu/train.py starts as many of these as there are cores.

usage: node packages/training/dist/bin/generate.js DIR --name NAME --seed S --first F --stride T --size B [--count N]

  --name NAME   start of the files' names: NAME-F.bin, then NAME-(F + T).bin and so on
  --seed S      seed of the stream
  --first F     number of the first example (default 0)
  --stride T    from the first example of a file to that of the next (default: the size)
  --size B      examples a file (default 256)
  --count N     files (default: no end)

Waits while three files of its name are there: remove what is read. Ends when its standard input does, so that
none is left behind by whoever started it.
`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      name: { type: "string" },
      seed: { type: "string" },
      first: { type: "string", default: "0" },
      stride: { type: "string" },
      size: { type: "string", default: "256" },
      count: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  if (positionals.length !== 1) throw new TypeError("give one folder: that for the files");
  if (values.name === undefined) throw new TypeError("--name is missing; give the files a name");
  if (values.seed === undefined) throw new TypeError("--seed is missing; give the seed of the stream");
  const stop = new AbortController();
  process.stdin.resume();
  process.stdin.once("close", () => stop.abort());
  await generateFiles(positionals[0], {
    name: values.name,
    seed: wholeOption("seed", values.seed, 0),
    first: wholeOption("first", values.first, 0),
    size: wholeOption("size", values.size, 1),
    stride: wholeOption("stride", values.stride ?? values.size, 1),
    ...(values.count === undefined ? {} : { count: wholeOption("count", values.count, 1) }),
    signal: stop.signal,
  });
  process.stdin.destroy();
}

runCommand("generate", main);
