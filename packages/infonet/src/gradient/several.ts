/** Gradients of several columns, and of columns given others. */

import { codeColumn, orderLevels } from "../copula/index.js";
import { rowsOfLevels } from "../counts/index.js";
import type { Engine } from "../engine/engine.js";
import { InfoNetError } from "../errors.js";
import type { Cells } from "../input/cells.js";
import {
  columnName,
  requireAnyValues,
  requireEqualLengths,
  requireRows,
  requireVaried,
} from "../input/data-errors.js";
import { completeRows } from "../input/missing.js";
import { readOptions } from "../input/options.js";
import { type Variable as AnyVariable, readSeveral } from "../input/several.js";
import { unitScale } from "../input/units.js";
import { readVariable, renumbered, type Variable } from "../input/variables.js";
import { FEWEST_SAMPLES, missingWarning, sizeWarnings } from "../input/warnings.js";
import { chosenPlaces } from "../numerics/random.js";
import { pick } from "../numerics/rows.js";
import type { Column, Warning } from "../types.js";
import { fixedWarnings, GRADIENTS, readGradient, requireDifferentiable } from "./differentiation.js";
import { JOINT_GRADIENT, type JointDerivative } from "./joint.js";
import { CONDITIONAL_GRADIENT, GRADIENT, JOINT_GRADIENT_OPTIONS, MOST_PAIRS } from "./options.js";
import type { ConditionalGradientOptions, JointGradient, JointGradientOptions } from "./types.js";

/** Columns of a variable with its name in messages. */
interface Side {
  name: string;
  cells: readonly Cells[];
}

/**
 * Differentiates I(X; Y), on the calling thread.
 *
 * @throws InfoNetError for what cannot be read or differentiated, "invalid-option"
 */
export async function jointGradientOf(
  { here, model }: Engine,
  x: Variable,
  y: Variable,
  options: JointGradientOptions,
): Promise<JointGradient> {
  const settings = readOptions(options, JOINT_GRADIENT_OPTIONS);
  const sides = [
    { name: "x", cells: numbersOf(readVariable("x", x)) },
    { name: "y", cells: numbersOf(readVariable("y", y)) },
  ];
  const { rows, n, warnings } = usedRows(sides, model.rows);
  const found = await here.run(JOINT_GRADIENT, {
    x: named(sides[0], rows),
    y: named(sides[1], rows),
    z: [],
    seed: settings.seed,
    pairs: settings.pairs,
  });
  const total = sides[0].cells[0].values.length;
  return { ...spread(found, rows, total, unitScale(settings.units)), n, warnings };
}

/**
 * Differentiates I(x; y | Z), on the calling thread.
 *
 * @throws InfoNetError for what cannot be read or differentiated, "invalid-option"
 */
export async function conditionalGradientOf(
  { here, model }: Engine,
  x: Column,
  y: Column,
  z: AnyVariable,
  options: ConditionalGradientOptions,
): Promise<JointGradient> {
  const settings = readOptions(options, CONDITIONAL_GRADIENT);
  const [a, b] = [readSeveral("x", x), readSeveral("y", y)];
  for (const [k, cells] of [a, b].entries()) requireOne("xy"[k], cells);
  requireDifferentiable({ x: a[0], y: b[0] });
  const given = readSeveral("z", z);
  const sides = [
    { name: "x", cells: a },
    { name: "y", cells: b },
    { name: "z", cells: given },
  ];
  const { rows, n, warnings } = usedRows(sides, model.rows);
  const total = a[0].values.length;
  const scale = unitScale(settings.units);
  const strata = strataOf(given, rows);
  const numbers = given.filter(({ kind }) => kind === "number");
  const sum: JointDerivative = { mi: 0, dx: [new Float64Array(total)], dy: [new Float64Array(total)] };
  let left = 0;
  for (const own of strata) {
    if (own.length < FEWEST_SAMPLES) {
      left += own.length;
      continue;
    }
    // A column that does not vary has nothing to share.
    if ([a[0], b[0]].some(({ values }) => new Set(pick(values, own)).size < 2)) continue;
    const part =
      numbers.length > 0
        ? await withNumbers(here, { x: a[0], y: b[0], z: numbers }, own, settings.seed)
        : await withoutNumbers({ here, model }, a[0], b[0], own, settings.seed);
    const share = own.length / rows.length;
    sum.mi += share * part.mi;
    for (const [k, row] of own.entries()) {
      sum.dx[0][row] = scale * share * part.dx[0][k];
      sum.dy[0][row] = scale * share * part.dy[0][k];
    }
  }
  const [dx, dy] = [sum.dx[0], sum.dy[0]];
  const told = [...warnings, ...fixedWarnings({ x: a[0], y: b[0] }), ...leftWarning(left, rows.length)];
  return { mi: scale * sum.mi, dx, dy, n, warnings: told };
}

type Here = Engine["here"];

/** One stratum in which numbers are given too; levels take the places of their axis. */
async function withNumbers(
  here: Here,
  { x, y, z }: { x: Cells; y: Cells; z: readonly Cells[] },
  rows: Uint32Array,
  seed: number,
): Promise<JointDerivative> {
  const [a, b] = [pick(x.values, rows), pick(y.values, rows)];
  const placed = (levels: Cells, own: Float64Array, other: Float64Array): Float64Array =>
    levels.kind === "category"
      ? Float64Array.from(orderLevels(codeColumn(own), codeColumn(other)).places)
      : own;
  const found = await here.run(JOINT_GRADIENT, {
    x: [{ name: "x", values: placed(x, a, b) }],
    y: [{ name: "y", values: placed(y, b, a) }],
    z: z
      .map(({ values }, k) => ({ name: columnName("z", k, z.length), values: pick(values, rows) }))
      .filter(({ values }) => new Set(values).size > 1),
    seed,
    pairs: MOST_PAIRS,
  });
  const still = (kind: Cells["kind"], slopes: Float64Array[]) =>
    kind === "category" ? slopes.map((list) => new Float64Array(list.length)) : slopes;
  return { mi: found.mi, dx: still(x.kind, found.dx), dy: still(y.kind, found.dy) };
}

/** One stratum in which there is nothing else to heed. */
async function withoutNumbers(
  { here, model }: Pick<Engine, "here" | "model">,
  x: Cells,
  y: Cells,
  rows: Uint32Array,
  seed: number,
): Promise<JointDerivative> {
  const [a, b] = [x, y].map(({ kind, values }) => ({ kind, values: pick(values, rows) }));
  const settings = { ...readOptions({}, GRADIENT), seed };
  const [found] = await here.run(GRADIENTS, { pairs: [{ x: a, y: b }], settings });
  const result = readGradient(found, model.reading("nats"));
  if (result.error !== undefined) throw new InfoNetError(result.code, result.error);
  return { mi: result.mi, dx: [result.dx], dy: [result.dy] };
}

/** Rows that have the same levels; all rows where none of the columns are levels. */
function strataOf(given: readonly Cells[], rows: Uint32Array): Uint32Array[] {
  const levels = given.filter(({ kind }) => kind === "category");
  if (levels.length === 0) return [rows];
  const keys = Array.from(rows, (row) => levels.map(({ values }) => values[row]).join(" "));
  const known = new Map<string, number>();
  const codes = keys.map((key) => {
    if (!known.has(key)) known.set(key, known.size);
    return known.get(key) as number;
  });
  return rowsOfLevels(renumbered(codes)).map((own) => pick(rows, own));
}

function numbersOf(columns: readonly Float64Array[]): Cells[] {
  return columns.map((values) => ({ kind: "number", values }));
}

function named({ name, cells }: Side, rows: Uint32Array) {
  return cells.map(({ values }, k) => ({
    name: columnName(name, k, cells.length),
    values: pick(values, rows),
  }));
}

/** The complete rows, or as many of them as the model takes. */
function usedRows(
  sides: readonly Side[],
  range: readonly [least: number, most: number],
): { rows: Uint32Array; n: number; warnings: Warning[] } {
  const [first, ...others] = sides.map(({ name, cells }) => ({ name, rows: cells[0].values.length }));
  for (const other of others) requireEqualLengths(first, other);
  for (const { name, cells } of sides) {
    requireAnyValues(
      name,
      cells.map(({ values }) => values),
    );
  }
  const complete = completeRows(sides.flatMap(({ cells }) => cells.map(({ values }) => values)));
  const n = complete.length;
  requireRows(
    sides.map(({ name }) => name),
    { complete: n, total: first.rows },
    FEWEST_SAMPLES,
  );
  for (const { name, cells } of sides.slice(0, 2)) {
    requireVaried(
      name,
      cells.map(({ values }) => pick(values, complete)),
    );
  }
  const rows = n > range[1] ? pick(complete, chosenPlaces(n, range[1])) : complete;
  const warnings = [...missingWarning(first.rows, n), ...sizeWarnings(n, rows.length, range)];
  return { rows, n, warnings };
}

/** Derivatives at all rows, row after row. */
function spread(
  { mi, dx, dy }: JointDerivative,
  rows: Uint32Array,
  total: number,
  scale: number,
): Pick<JointGradient, "mi" | "dx" | "dy"> {
  const flat = (slopes: readonly Float64Array[]): Float64Array => {
    const result = new Float64Array(total * slopes.length);
    for (const [c, column] of slopes.entries()) {
      for (const [k, row] of rows.entries()) result[row * slopes.length + c] = scale * column[k];
    }
    return result;
  };
  return { mi: scale * mi, dx: flat(dx), dy: flat(dy) };
}

function requireOne(name: string, cells: readonly Cells[]): void {
  if (cells.length === 1) return;
  throw new InfoNetError(
    "invalid-option",
    `${name} has ${cells.length} columns; pass one, or ask for the joint gradient.`,
  );
}

function leftWarning(left: number, n: number): Warning[] {
  if (left === 0) return [];
  const message = `${left} of ${n} rows have levels of z that fewer than ${FEWEST_SAMPLES} rows have; they count as sharing nothing, and their derivatives are 0.`;
  return [{ code: "few-samples", message }];
}
