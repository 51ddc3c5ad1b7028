/** Runs the tests against one mutant after the other. */

import { parentPort, workerData } from "node:worker_threads";
import fc from "fast-check";
import { loader } from "./modules.mjs";
import { takeTests } from "./stand-in.mjs";

/** Number of the test that runs, for the one who watches the time: −1 while modules are loaded. */
const running = new Int32Array(workerData.running);

// The same examples for every mutant, today and tomorrow; nobody reads the smallest one that fails.
fc.configureGlobal({ seed: 1, endOnFailure: true });

let stray;
process.on("unhandledRejection", (error) => {
  stray = error;
});

parentPort.on("message", async ({ files, mutant, order, skipped }) => {
  stray = undefined;
  const place = new Map(order.map((name, index) => [name, index]));
  const placeOf = ({ name }) => place.get(name) ?? order.length;
  const evaluate = loader(mutant);
  const times = [];
  for (const file of files) {
    enter(-1);
    try {
      await evaluate(file);
    } catch (error) {
      takeTests();
      parentPort.postMessage({
        killer: `${file.slice(file.lastIndexOf("/") + 1)} > (loading)`,
        error: String(error),
      });
      return;
    }
    const tests = takeTests().filter(({ name }) => !skipped.has(name));
    for (const test of tests.sort((a, b) => placeOf(a) - placeOf(b))) {
      enter(placeOf(test));
      const start = process.cpuUsage();
      try {
        await test.run();
        if (stray !== undefined) throw stray;
      } catch (error) {
        parentPort.postMessage({ killer: test.name, error: String(error?.stack ?? error) });
        return;
      }
      const { user, system } = process.cpuUsage(start);
      times.push([test.name, (user + system) / 1000]);
    }
  }
  parentPort.postMessage({ times });
});

function enter(place) {
  Atomics.store(running, 0, place);
  Atomics.add(running, 1, 1);
}
