/** Columns that occur in several pairs. */

import { InfoNetError } from "../errors.js";
import type { Column } from "../types.js";
import { type NamedPrepared, type PreparedColumn, prepareColumn } from "./prepared.js";

/**
 * Reads every array once for all its pairs, when the first of them is prepared. Pairs may call the same array by
 * different names, x here and y there: an array that cannot be read is refused under the name that it is asked for by.
 */
export class SharedColumns {
  readonly #prepared = new Map<Column, PreparedColumn>();
  /** What was said of arrays that cannot be read, by the names they were asked for by. */
  readonly #refused = new Map<Column, Map<string, InfoNetError>>();

  /** @throws InfoNetError "not-a-number", "not-finite" */
  prepare(name: string, values: Column): NamedPrepared {
    const known = this.#prepared.get(values);
    if (known !== undefined) return { ...known, name };
    const refusal = this.#refused.get(values)?.get(name);
    if (refusal !== undefined) throw refusal;
    try {
      const column = prepareColumn(name, values);
      this.#prepared.set(values, column);
      return column;
    } catch (error) {
      if (error instanceof InfoNetError) {
        const refusals = this.#refused.get(values) ?? new Map<string, InfoNetError>();
        this.#refused.set(values, refusals.set(name, error));
      }
      throw error;
    }
  }
}
