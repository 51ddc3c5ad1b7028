/** Writes shapes.csv: columns that depend on each other in ways that a correlation does not see. `node make-shapes.mjs`. */
import { writeFileSync } from "node:fs";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

const ROWS = 600;
const generator = xoroshiro128plus(7);
const uniform = () => (generator.next() >>> 0) / 2 ** 32;
const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());

const rows = Array.from({ length: ROWS }, () => {
  const angle = 2 * Math.PI * uniform();
  const radius = 1 + 0.08 * normal();
  const time = 10 * uniform();
  const [i, j] = [Math.floor(4 * uniform()), Math.floor(2 * uniform())];
  const dose = 3 * uniform();
  return {
    "ring x": radius * Math.cos(angle),
    "ring y": radius * Math.sin(angle),
    time,
    wave: Math.sin(time) + 0.25 * normal(),
    "board x": i + uniform(),
    "board y": 2 * j + (i % 2) + uniform(),
    dose,
    response: (dose - 1.5) ** 2 + 0.2 * normal(),
    group: dose < 1 ? "low" : dose < 2 ? "middle" : "high",
    noise: normal(),
  };
});
const names = Object.keys(rows[0]);
const lines = rows.map((row) =>
  names.map((name) => (typeof row[name] === "number" ? row[name].toFixed(3) : row[name])),
);
writeFileSync(
  new URL("shapes.csv", import.meta.url),
  `${[names, ...lines].map((fields) => fields.join(",")).join("\n")}\n`,
);
