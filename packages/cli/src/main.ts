import { readFileSync } from "node:fs";
import { runCli } from "./cli.js";
import { loadInfoNet } from "./engine.js";
import { EXIT_INTERRUPTED, Interrupted } from "./errors.js";
import { processIo } from "./terminal/io.js";

const io = processIo();
const controller = new AbortController();

function stop(): void {
  // The second Ctrl-C does not wait for the batch that is running.
  if (controller.signal.aborted) process.exit(EXIT_INTERRUPTED);
  controller.abort(new Interrupted("interrupted; nothing was written."));
}
process.on("SIGINT", stop);
process.on("SIGTERM", stop);
// A terminal that is closed: temporary copies are removed as after Ctrl-C.
process.on("SIGHUP", stop);

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
process.exitCode = await runCli(process.argv.slice(2), version, {
  io,
  load: loadInfoNet,
  signal: controller.signal,
});
