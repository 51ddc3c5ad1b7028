/**
 * Every number that infonet gives for the example tables, to be compared before and after a change that must not move
 * any of them, to the last bit, on one machine:
 *
 *   npm run golden -- --out before.json
 *   npm run golden -- --check before.json
 *
 * Ten seeds; matrices, single pairs with critic and pointwise values, several columns a side, conditional information,
 * slices, tests and derivatives.
 */
import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { InfoNet } from "infonet";

const SEEDS = 10;
const { values } = parseArgs({ options: { out: { type: "string" }, check: { type: "string" } } });
if ((values.out === undefined) === (values.check === undefined)) {
  console.error("usage: npm run golden -- --out FILE | --check FILE");
  process.exit(2);
}

/** Columns of a comma-separated table without quotes: numbers, or codes of texts in the order of the alphabet. */
async function tableOf(name) {
  const text = await readFile(new URL(`../../../examples/${name}`, import.meta.url), "utf8");
  const [header, ...lines] = text.trim().split(/\r?\n/);
  const rows = lines.map((line) => line.split(","));
  return Object.fromEntries(
    header.split(",").map((column, k) => {
      const cells = rows.map((row) => row[k] ?? "");
      const numbers = cells.map((cell) => (cell === "" ? Number.NaN : Number(cell)));
      if (numbers.some((number, row) => Number.isNaN(number) && cells[row] !== "")) {
        const levels = [...new Set(cells)].filter((cell) => cell !== "").sort();
        return [column, cells.map((cell) => (cell === "" ? Number.NaN : levels.indexOf(cell)))];
      }
      return [column, numbers];
    }),
  );
}

const rowMajor = (...columns) => ({
  data: columns[0].flatMap((_, row) => columns.map((column) => column[row])),
  width: columns.length,
});

/** A result as JSON that keeps every bit: typed arrays as lists, NaN by name. */
const plain = (value) =>
  JSON.parse(
    JSON.stringify(value, (_, part) =>
      ArrayBuffer.isView(part) ? Array.from(part, (x) => (Number.isNaN(x) ? "NaN" : x)) : part,
    ),
  );

const results = {};
const net = await InfoNet.load({ threads: 2 });
for (const name of ["penguins.csv", "seattle-weather.csv"]) {
  const table = await tableOf(name);
  const columns = Object.values(table);
  const [a, b, c, d] = columns.filter((column) => new Set(column).size > 20);
  for (let seed = 0; seed < SEEDS; seed++) {
    const options = { seed };
    const key = (call) => `${name} ${seed} ${call}`;
    results[key("matrix")] = (await net.matrix(table, options)).pairs;
    const estimate = await net.estimate(a, b, { seed, units: "bits" });
    results[key("estimate")] = { ...estimate, pointwise: estimate.pointwise() };
    results[key("estimate of few levels")] = await net.estimate(columns[0], columns.at(-1), options);
    results[key("joint")] = await net.joint(rowMajor(a, b), rowMajor(c, d), options);
    results[key("conditional")] = await net.conditional(a, b, rowMajor(c, d), options);
    results[key("sliced")] = await net.sliced(rowMajor(a, b), rowMajor(c, d), options);
    results[key("maxSliced")] = await net.maxSliced(rowMajor(a, b), rowMajor(c, d), options);
    results[key("independence")] = await net.independence(rowMajor(a, b), rowMajor(c, d), options);
    for (const through of ["estimate", "critic"]) {
      results[key(`gradient ${through}`)] = await net.gradient(a, b, { seed, through });
      const pairs = [
        [a, b],
        [c, d],
        [a, d],
      ];
      results[key(`gradientMany ${through}`)] = await net.gradientMany(pairs, { seed, through });
    }
    const slices = { seed, slices: 4, through: "estimate" };
    results[key("slicedGradient")] = await net.slicedGradient(rowMajor(a, b), rowMajor(c, d), slices);
  }
}
await net.dispose();

const found = plain(results);
if (values.out !== undefined) {
  await writeFile(values.out, JSON.stringify(found));
  console.log(`${Object.keys(found).length} results written to ${values.out}`);
} else {
  const before = JSON.parse(await readFile(values.check, "utf8"));
  const keys = [...new Set([...Object.keys(before), ...Object.keys(found)])];
  const differing = keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(found[key]));
  for (const key of differing) console.log(`differs: ${key}`);
  console.log(`${keys.length - differing.length} of ${keys.length} results are the same to the last bit`);
  process.exitCode = differing.length > 0 ? 1 : 0;
}
