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

const SHOWN = 5;

/**
 * Tells on stderr which columns cannot be used.
 *
 * @param reasons where it is said why: the result of pairs says so of each
 */
export function printUnusable(
  io: Io,
  { file, names, unusable }: Table,
  reasons: "here" | "in the result" = "in the result",
): void {
  if (unusable.length === 0) return;
  const here = reasons === "here";
  const shown = unusable
    .slice(0, SHOWN)
    .map(({ name, reason }) => `${JSON.stringify(name)}${here ? ` ${reason}` : ""}`)
    .join(here ? "; " : ", ");
  const which = `${unusable.length} of ${count(names.length, "column")} cannot be used${here ? "" : " (reasons in the result)"}`;
  const rest = unusable.length > SHOWN ? " …" : "";
  io.err(`infonet: ${printable(`${file}: ${which}: ${shown}${rest}`)}\n`);
}
