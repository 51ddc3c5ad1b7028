/** How well a mask finds the object. */

/** Which pixels a mask holds. */
export const hardened = (mask: Float64Array): Uint8Array => Uint8Array.from(mask, (m) => (m >= 0.5 ? 1 : 0));

/**
 * The mask or its complement, whichever touches less of the border: mutual information is symmetric, so a mask says
 * where the two sides are, not which of them is the object.
 */
export function objectSide(mask: Uint8Array): Uint8Array {
  const size = Math.sqrt(mask.length);
  let touching = 0;
  for (let k = 0; k < size; k++) {
    touching += mask[k] + mask[mask.length - 1 - k] + mask[k * size] + mask[k * size + size - 1];
  }
  return touching > 2 * size ? mask.map((m) => 1 - m) : mask;
}

/** Intersection over union; 1 for two empty masks. */
export function overlap(a: Uint8Array, b: Uint8Array): number {
  let [both, either] = [0, 0];
  for (let at = 0; at < a.length; at++) {
    both += a[at] & b[at];
    either += a[at] | b[at];
  }
  return either === 0 ? 1 : both / either;
}

/** Whether a mask leaves nearly nothing, less than a hundredth of the pixels, on one side. */
export function degenerate(mask: Uint8Array): boolean {
  const share = mask.reduce((sum, m) => sum + m, 0) / mask.length;
  return share < 0.01 || share > 0.99;
}
