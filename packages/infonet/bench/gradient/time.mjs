/** Time of `gradient` beside `estimate`, in turns, so that a busy machine slows both alike. */
import { correlatedBy, line, middle, random, tableHead } from "./common.mjs";

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
    for (let round = 0; round < rounds + 10; round++) {
      for (const [key, call] of Object.entries(calls)) {
        const start = performance.now();
        await call();
        if (round >= 10) times[key].push(performance.now() - start);
      }
    }
    const row = { n };
    for (const [key, list] of Object.entries(times))
      row[key] = { smallest: Math.min(...list), middle: middle(list) };
    rows.push(row);
  }
  return rows;
}

export function printTime(rows) {
  console.log("\nmilliseconds, smallest / middle, one thread\n");
  tableHead(["n", "estimate", "gradient", "ratio", "through the estimate", "ratio"]);
  for (const { n, estimate, critic, smoothed } of rows) {
    const ms = ({ smallest, middle: m }) => `${smallest.toFixed(1)} / ${m.toFixed(1)}`;
    const ratio = (t) => (t.smallest / estimate.smallest).toFixed(2);
    line([n, ms(estimate), ms(critic), ratio(critic), ms(smoothed), ratio(smoothed)]);
  }
}
