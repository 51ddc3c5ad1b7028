/** How often the test of independence finds dependence that is there, and how often one that is not. */
import { hyppoPower } from "./power-hyppo.js";
import { levels } from "./power-level.js";
import { manyRows } from "./power-rows.js";
import { shapes } from "./power-shapes.js";
import { textbookPower } from "./power-textbook.js";
import type { Part } from "./rejections.js";
import type { Context, Suite } from "./suite.js";

const PARTS: Readonly<Record<string, (context: Context) => Promise<Part>>> = {
  shapes,
  laws: hyppoPower,
  textbook: textbookPower,
  levels,
  rows: manyRows,
};

export const power: Suite = {
  title: "Power of the independence test",
  about: "how often dependence is found, beside hyppo's and the textbook's tests, and independence is not",
  threads: 2,
  async run(context) {
    const parts: Array<readonly [name: string, part: Part]> = [];
    for (const [name, part] of Object.entries(PARTS)) parts.push([name, await part(context)]);
    return {
      notes: parts.flatMap(([, { notes }]) => notes),
      tables: parts.flatMap(([, { tables }]) => tables),
      pictures: parts.flatMap(([, { pictures = [] }]) => pictures),
      data: Object.fromEntries(parts.map(([name, { data }]) => [name, data])),
    };
  },
};
