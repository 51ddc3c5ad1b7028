import { readFileSync } from "node:fs";
import { printError, runCli } from "./cli.js";
import { loadInfoNet } from "./engine.js";
import { processIo } from "./terminal/io.js";
import { Signals } from "./terminal/signals.js";

const signals = new Signals(process);
const io = processIo(signals.aborted);
signals.listen(io);
// What fails in the background of a library must not end in a stack trace either.
process.on("uncaughtException", (error) => process.exit(printError(io, error)));

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const context = { io, load: loadInfoNet, signal: signals.aborted };
signals.finish(await runCli(process.argv.slice(2), version, context));
