/** Variables whose columns are numbers, levels or both: the complete rows, and what the columns are. */

import { type CodedColumn, codeColumn } from "../copula/index.js";
import { combined } from "../counts/index.js";
import { InfoNetError } from "../errors.js";
import { columnName, constantError } from "../input/data-errors.js";
import { readSeveral, type Variable } from "../input/several.js";
import type { Codes } from "../input/variables.js";
import type { LevelColumns } from "../levels/joint-levels.js";
import { areLarge } from "../levels/numbers-within.js";
import { chosenPlaces } from "../numerics/random.js";
import { pick } from "../numerics/rows.js";
import { requireRepeated } from "../pairs/plan.js";
import { asLevels, kindsOf } from "../pairs/sides.js";
import type { SideKind, Warning } from "../types.js";
import { type ReadRows, rowsOfColumns } from "./variables.js";

/** Variables of the same rows, with what their columns are taken for. */
export interface MixedRows extends ReadRows {
  /** Of every column of every variable; numbers with atoms are numbers. */
  kinds: SideKind[][];
}

/** A variable with its columns apart. */
export interface MixedSide extends LevelColumns {
  name: string;
  /** Positions of the columns of levels, and of those of numbers, among those of the variable; constants are left out. */
  levelIndex: number[];
  numberIndex: number[];
  numbers: Float64Array[];
}

/**
 * The complete rows of variables.
 *
 * @param most rows that are used where there are numbers
 * @param beside another column that rows shall have a value of
 * @throws InfoNetError "not-a-number", "not-finite", "invalid-option", "unequal-lengths", "too-few-samples"
 */
export function readMixed(
  given: ReadonlyArray<{ name: string; value: Variable; single?: boolean }>,
  most: number,
  beside?: { name: string; values: Float64Array },
): MixedRows {
  const read = given.map(({ name, value, single = false }) => {
    const cells = readSeveral(name, value);
    if (single && cells.length !== 1) {
      const message = `${name} has ${cells.length} columns; pass one, or ask for the joint information of all.`;
      throw new InfoNetError("invalid-option", message);
    }
    return cells;
  });
  const all = rowsOfColumns(
    given,
    read.map((cells) => cells.map(({ values }) => values)),
    Number.POSITIVE_INFINITY,
    beside,
  );
  const flat = kindsOf(
    read.flatMap((cells, k) => cells.map(({ kind }, c) => [codeColumn(all.columns[k][c]), kind] as const)),
  );
  const kinds = read.map((cells) =>
    flat.splice(0, cells.length).map((kind): SideKind => (kind === "mixture" ? "number" : kind)),
  );
  const numbers = kinds.flat().includes("number");
  if (!numbers || all.n <= most) return { ...all, kinds };
  const rows = chosenPlaces(all.n, most);
  return {
    ...all,
    columns: all.columns.map((list) => list.map((column) => pick(column, rows))),
    rows: pick(all.rows, rows),
    n: most,
    kinds,
  };
}

/**
 * Numbers of few values taken for levels, in one variable, those of the fewest values first, as long as combinations of all levels there have
 * rows enough to be looked at by themselves. What is given and repeats itself is known exactly: no row has to stand for its neighbours, and
 * what its values do may have another order than they.
 */
export function withFewAsLevels(read: MixedRows, variable: number): MixedRows {
  const kinds = [...read.kinds[variable]];
  const coded = read.columns[variable].map(codeColumn);
  const places = [...kinds.keys()];
  const taken = places.filter((c) => kinds[c] === "levels").map((c) => codesOf(coded[c]));
  const numbers = places.filter((c) => kinds[c] === "number" && coded[c].distinct > 1);
  for (const c of numbers.sort((a, b) => coded[a].distinct - coded[b].distinct)) {
    taken.push(codesOf(coded[c]));
    if (!areLarge(combined(taken))) break;
    kinds[c] = "levels";
  }
  return { ...read, kinds: read.kinds.with(variable, kinds) };
}

/** Whether a column is levels. */
export function hasLevels({ kinds }: MixedRows): boolean {
  return kinds.some((list) => list.includes("levels"));
}

/**
 * The variables with their columns apart.
 *
 * @param warnings gets one for columns that are left out
 * @throws InfoNetError "constant", "too-many-levels"
 */
export function mixedSides(
  given: ReadonlyArray<{ name: string; optional?: boolean }>,
  { columns, kinds, n }: MixedRows,
  warnings: Warning[],
): MixedSide[] {
  return columns.map((list, k) => {
    const { name, optional = false } = given[k];
    const side: MixedSide = {
      ...{ name, levelIndex: [], numberIndex: [], levels: [], numbers: [] },
      joint: { codes: new Uint32Array(n), distinct: 1 },
    };
    const constant: number[] = [];
    list.forEach((values, c) => {
      const coded = codeColumn(values);
      if (coded.distinct < 2) constant.push(c);
      else if (kinds[k][c] === "levels") {
        requireRepeated(columnName(name, c, list.length), asLevels(coded));
        side.levelIndex.push(c);
        side.levels.push(codesOf(coded));
      } else {
        side.numberIndex.push(c);
        side.numbers.push(values);
      }
    });
    if (constant.length === list.length && !optional) {
      throw constantError(list.length === 1 ? `${name} is` : `all columns of ${name} are`, n);
    }
    if (constant.length > 0) {
      const message = `${name} has ${constant.length === 1 ? "a column" : `${constant.length} columns`} of one value only (position ${constant.slice(0, 8).join(", ")}), left out: nothing is lost by it.`;
      warnings.push({ code: "dropped-columns", message });
    }
    if (side.levels.length > 0) side.joint = combined(side.levels);
    return side;
  });
}

/** A column without missing values as codes. */
export function codesOf({ places, distinct }: CodedColumn): Codes {
  return { codes: places, distinct };
}
