/** What of a table can be used, and what is said of the rest. */
import { CliError } from "../errors.js";
import type { Table } from "../table/types.js";
import type { Io } from "../terminal/io.js";
import { count } from "../text/numbers.js";
import { printable } from "../text/printable.js";
import { checkTargets } from "./targets.js";

/** @throws CliError for a table without a pair */
export function checkTable(table: Table): void {
  checkTargets(table);
  if (table.columns.length >= 2) return;
  const reasons = table.unusable.slice(0, 5).map(({ name, reason }) => ` ${JSON.stringify(name)} ${reason}.`);
  const usable = count(table.columns.length, "usable column");
  throw new CliError(`${table.file} has ${usable}; a pair needs two.${reasons.join("")}`);
}

/** Tells on stderr which columns cannot be used. */
export function printUnusable(io: Io, { file, names, unusable }: Table): void {
  if (unusable.length === 0) return;
  const shown = unusable.slice(0, 5).map(({ name }) => JSON.stringify(name));
  const rest = unusable.length > 5 ? " …" : "";
  const which = `${unusable.length} of ${count(names.length, "column")} cannot be used (reasons in the result)`;
  io.err(`infonet: ${printable(`${file}: ${which}: ${shown.join(", ")}${rest}`)}\n`);
}
