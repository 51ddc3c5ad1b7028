/** The order of categories that are called by numbers. */
import type { Plan } from "./infer.js";

type Usable = Exclude<Plan, { unusable: string }>;

/**
 * A plan whose levels are in the order of people: by size where all of them are numbers, 9 before 10, else as the alphabet has them.
 * It means nothing for an estimate, but pictures are read by it.
 *
 * @param values codes of the levels, which are changed along
 */
export function inOrder(plan: Usable, values: Float64Array): Usable {
  const { kind, levels } = plan;
  if (kind !== "category" || levels === undefined || !levels.every(isNumber)) return plan;
  const order = levels.map((_, code) => code).sort((a, b) => Number(levels[a]) - Number(levels[b]) || a - b);
  const codes = new Float64Array(order.length);
  order.forEach((code, place) => {
    codes[code] = place;
  });
  for (let row = 0; row < values.length; row++) {
    if (!Number.isNaN(values[row])) values[row] = codes[values[row]];
  }
  return { ...plan, levels: order.map((code) => levels[code]) };
}

function isNumber(text: string): boolean {
  return text.trim() !== "" && Number.isFinite(Number(text));
}
