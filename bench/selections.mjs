/**
 * Selections by the built library for bench/feature-selection.py, in one process: of every line of standard input, a table
 * `{ columns, target, options }`, it writes the names of the columns that are selected, in their order.
 */
import { createInterface } from "node:readline";
import { InfoNet } from "infonet";

const net = await InfoNet.load({ threads: 1 });
for await (const line of createInterface({ input: process.stdin })) {
  const { columns, target, options } = JSON.parse(line);
  const { selected } = await net.select(columns, target, options);
  process.stdout.write(`${JSON.stringify(selected.map(({ column }) => column))}\n`);
}
await net.dispose();
