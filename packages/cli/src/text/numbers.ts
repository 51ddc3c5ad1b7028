import type { Units } from "infonet";

/** Three decimals, with a true minus sign: the precision an estimate deserves. */
export function fixed(value: number, decimals = 3): string {
  if (value === Infinity) return "∞";
  const text = value.toFixed(decimals);
  return text.startsWith("-") && Number(text) !== 0 ? `\u2212${text.slice(1)}` : text.replace("-", "");
}

/** A p-value: `<0.001`, three decimals, or an en dash where the model has no null table. */
export function formatP(pValue: number | undefined): string {
  if (pValue === undefined) return "\u2013";
  return pValue < 0.001 ? "<0.001" : pValue.toFixed(3);
}

/** A whole number with groups of three digits apart. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, "\u202f");
}

/** Information in nats, whatever unit it is given in. */
export function toNats(value: number, units: Units): number {
  return units === "bits" ? value * Math.LN2 : value;
}

/**
 * Mutual information on a scale from 0 to 1: √(1 − exp(−2·MI)) is the correlation of two normal variables
 * that share as much information (Linfoot 1957).
 */
export function correlationEquivalent(mi: number, units: Units): number {
  return Math.sqrt(-Math.expm1(-2 * toNats(Math.max(mi, 0), units)));
}

/** `1 row`, `2 rows`. */
export function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${grouped(number)} ${number === 1 ? singular : plural}`;
}

/** A share in percent, in three digits at most: `5`, `0.1`. */
export function inPercent(share: number): number {
  return Number((100 * share).toPrecision(3));
}
