import { UsageError } from "../errors.js";

/** Options that say what rows are: independent rows of one table have none of them. */
export const OF_ROWS = ["cluster", "counts", "series", "time", "diff", "deseason", "window"] as const;

/**
 * Refuses options that mean nothing beside another one.
 *
 * @param option that was given, as it is written
 * @param others names of options, as commander has them
 * @throws UsageError naming both
 */
export function refuseBeside<Name extends string>(
  option: string,
  options: Readonly<Partial<Record<Name, unknown>>>,
  others: readonly Name[],
): void {
  const other = others.find((name) => options[name] !== undefined);
  if (other === undefined) return;
  const flag = other.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new UsageError(`${option} and --${flag} do not go together; leave one out.`);
}
