/** Plain-text tables. */

/** Rows of text under a head, padded to columns; the first column to the left, the others to the right. */
export function textTable(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  const all = [head, ...rows];
  const widths = head.map((_, k) => Math.max(...all.map((row) => [...(row[k] ?? "")].length)));
  const line = (row: readonly string[]): string =>
    widths
      .map((width, k) => {
        const text = row[k] ?? "";
        const blanks = " ".repeat(width - [...text].length);
        return k === 0 ? text + blanks : blanks + text;
      })
      .join("  ")
      .trimEnd();
  return all.map(line).join("\n");
}

/** A number with some decimals, or a dash for NaN. */
export function number(value: number, decimals = 4): string {
  return Number.isNaN(value) ? "–" : value.toFixed(decimals);
}

/** A share in percent, or a dash for NaN. */
export function percent(share: number, decimals = 1): string {
  return number(100 * share, decimals);
}
