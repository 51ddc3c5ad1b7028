/** The order of categories that are called by numbers. */
import type { ColumnKind } from "../kinds/types.js";

interface Coded {
  kind: ColumnKind;
  values: Float64Array;
  levels?: string[] | undefined;
}

/**
 * A column whose levels are in the order of people: by size where all of them are numbers, 9 before 10, else as the alphabet has
 * them. It means nothing for an estimate, but pictures are read by it. The codes are changed along.
 */
export function inOrder<Column extends Coded>(column: Column): Column {
  const { kind, levels, values } = column;
  if (kind !== "category" || levels === undefined || !levels.every(isNumber)) return column;
  const order = levels.map((_, code) => code).sort((a, b) => Number(levels[a]) - Number(levels[b]) || a - b);
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
