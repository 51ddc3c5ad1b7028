/** Checks what users pass, at the edge: columns and options. */

import { describe, InfoNetError } from "./errors.js";
import type { Column, Columns, EstimateOptions, Units } from "./types.js";

/** A column with the name that messages call it by. */
export interface NamedColumn {
  name: string;
  values: Column;
}

/**
 * The values of a column as doubles.
 *
 * @throws InfoNetError "not-a-number" if it is no array of numbers, "not-finite" for ±Infinity
 */
export function readColumn({ name, values }: NamedColumn): Float64Array {
  if (
    typeof values !== "object" ||
    values === null ||
    !Number.isSafeInteger(values.length) ||
    values.length < 0
  ) {
    throw new InfoNetError("not-a-number", `${name} is ${describe(values)}; pass an array of numbers.`);
  }
  const result = new Float64Array(values.length);
  for (let row = 0; row < result.length; row++) {
    const value = values[row];
    if (typeof value !== "number") {
      throw new InfoNetError(
        "not-a-number",
        `${name} has ${describe(value)} at row ${row}; pass numbers only, NaN for missing values, codes for categories.`,
      );
    }
    if (value === Infinity || value === -Infinity) {
      throw new InfoNetError(
        "not-finite",
        `${name} has ${value} at row ${row}; pass NaN if it is missing, or a finite value beyond all others.`,
      );
    }
    result[row] = value;
  }
  return result;
}

/**
 * The columns of a table, in order.
 *
 * @throws InfoNetError "invalid-option" if they are no table or two have the same name
 */
export function readColumns(columns: Columns): NamedColumn[] {
  if (typeof columns !== "object" || columns === null) {
    throw new InfoNetError(
      "invalid-option",
      `columns is ${describe(columns)}; pass an object of arrays or a list of { name, values }.`,
    );
  }
  const list: readonly NamedColumn[] = Array.isArray(columns)
    ? columns
    : Object.entries(columns as Record<string, Column>).map(([name, values]) => ({ name, values }));
  const names = new Set<string>();
  for (const [index, column] of list.entries()) {
    if (typeof column !== "object" || column === null || typeof column.name !== "string") {
      throw new InfoNetError(
        "invalid-option",
        `columns[${index}] is ${describe(column)}; pass { name, values } with a string as the name.`,
      );
    }
    if (names.has(column.name)) {
      throw new InfoNetError(
        "invalid-option",
        `columns has two called ${JSON.stringify(column.name)}; give every column a name of its own.`,
      );
    }
    names.add(column.name);
  }
  return [...list];
}

/**
 * Seed and units with their defaults.
 *
 * @throws InfoNetError "invalid-option"
 */
export function readOptions({ seed = 0, units = "nats" }: EstimateOptions): { seed: number; units: Units } {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new InfoNetError(
      "invalid-option",
      `seed is ${describe(seed)}; pass a whole number from 0 to 2^53 − 1.`,
    );
  }
  if (units !== "nats" && units !== "bits") {
    throw new InfoNetError("invalid-option", `units is ${describe(units)}; pass "nats" or "bits".`);
  }
  return { seed, units };
}
