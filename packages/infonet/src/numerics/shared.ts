/** Numbers that many tasks read: in memory that all threads see, where there is such memory, so that they are never sent. */

/** A browser has it for pages that are isolated from others alone. */
const { crossOriginIsolated = true } = globalThis as { crossOriginIsolated?: boolean };
const THERE_IS = typeof SharedArrayBuffer !== "undefined" && crossOriginIsolated;

/** A copy of values that is not copied again when it is posted to another thread. It must not be changed. */
export function shared(values: Float64Array): Float64Array {
  if (!THERE_IS) return values.slice();
  const copy = new Float64Array(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
}
