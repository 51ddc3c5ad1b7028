/** Time of `gradient` beside `estimate`, in turns, so that a busy machine slows both alike. */
import { correlatedBy, line, middle, processorTime, random, tableHead } from "./common.mjs";

/** Rounds before the clock is read: the machine code is made in them. */
const WARM = 20;

export async function time(net, { rounds }) {
  const rows = [];
  for (const n of [200, 500, 2000]) {
    const { x, y } = correlatedBy(0.6, n, random(1));
    const calls = {
      estimate: () => net.estimate(x, y),
      critic: () => net.gradient(x, y),
      smoothed: () => net.gradient(x, y, { through: "estimate" }),
    };
    const times = { estimate: [], critic: [], smoothed: [] };
    for (let round = 0; round < rounds + WARM; round++) {
      for (const [key, call] of Object.entries(calls)) {
        const start = performance.now();
        const processor = await processorTime(call);
        if (round >= WARM) times[key].push({ clock: performance.now() - start, processor });
      }
    }
    const row = { n };
    for (const [key, list] of Object.entries(times)) {
      row[key] = {
        smallest: Math.min(...list.map(({ clock }) => clock)),
        processor: middle(list.map(({ processor }) => processor)),
      };
    }
    rows.push(row);
  }
  return rows;
}

export function printTime(rows) {
  console.log(
    "\nmilliseconds, smallest by the clock / median of processor time, one thread; ratios of the latter\n",
  );
  tableHead(["n", "estimate", "gradient", "ratio", "through the estimate", "ratio"]);
  for (const { n, estimate, critic, smoothed } of rows) {
    const ms = ({ smallest, processor }) => `${smallest.toFixed(1)} / ${processor.toFixed(1)}`;
    const ratio = (t) => (t.processor / estimate.processor).toFixed(2);
    line([n, ms(estimate), ms(critic), ratio(critic), ms(smoothed), ratio(smoothed)]);
  }
}
