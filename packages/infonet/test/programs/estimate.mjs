// Estimates in a process of its own, as a user would: on the main thread, with worker threads, or in a worker thread of
// the program's own that nobody else prepared; then stays for some milliseconds.
//
//   node estimate.mjs main|threads|worker [MILLISECONDS]
import { setTimeout } from "node:timers/promises";
import { isMainThread, Worker, workerData } from "node:worker_threads";

const [road, stay = "0"] = isMainThread ? process.argv.slice(2) : workerData;

if (isMainThread && road === "worker") {
  const worker = new Worker(new URL(import.meta.url), { workerData: [road, stay] });
  await new Promise((resolve, reject) => worker.once("exit", resolve).once("error", reject));
} else {
  const { InfoNet } = await import("infonet");
  const net = await InfoNet.load({ threads: road === "threads" ? 2 : 1 });
  const columns = Array.from({ length: 8 }, (_, k) => ({
    name: `c${k}`,
    values: Array.from({ length: 50 }, (_, i) => Math.sin(i * (k + 2)) + Math.sin(i * i)),
  }));
  const { pairs } = await net.matrix(columns);
  console.log(`${pairs.filter(({ mi }) => mi >= 0).length} estimates`);
  await setTimeout(Number(stay));
  await net.dispose();
}
