/** The order of categories whose names have one for people. */
import { orderOfLevels } from "../kinds/order.js";
import type { ColumnKind } from "../kinds/types.js";

interface Coded {
  kind: ColumnKind;
  values: Float64Array;
  levels?: string[] | undefined;
}

/**
 * A column whose levels are in the order of people: numbers by size, 9 before 10, months and days of the week as they follow
 * each other, grades from low to high; else as the alphabet has them. It means nothing for an estimate, but pictures are read
 * by it. The codes are changed along.
 */
export function inOrder<Column extends Coded>(column: Column): Column {
  const { kind, levels, values } = column;
  if (kind !== "category" || levels === undefined) return column;
  const order = levels.every(isNumber)
    ? levels.map((_, code) => code).sort((a, b) => Number(levels[a]) - Number(levels[b]) || a - b)
    : orderOfLevels(levels);
  if (order.every((code, place) => code === place)) return column;
  const codes = new Float64Array(order.length);
  order.forEach((code, place) => {
    codes[code] = place;
  });
  for (let row = 0; row < values.length; row++) {
    if (!Number.isNaN(values[row])) values[row] = codes[values[row]];
  }
  return { ...column, levels: order.map((code) => levels[code]) };
}

function isNumber(text: string): boolean {
  return text.trim() !== "" && Number.isFinite(Number(text));
}
