/** Tracks of points in pictures. */

/** Where points are in every frame, pixels; NaN where a point is not seen. */
export interface Tracks {
  frames: number;
  /** Rightward place by point and frame. */
  x: readonly Float64Array[];
  /** Downward place. */
  y: readonly Float64Array[];
}

/**
 * Tracks without the motion that most points have in common: from every frame, the median over the points seen in it of how far each
 * is from its own median place. It takes the shift of the camera along, where most points stand still or go different ways;
 * not its roll, its zoom, or what near and far points do differently.
 */
export function withoutCommonMotion({ frames, x, y }: Tracks): Tracks {
  const without = (columns: readonly Float64Array[]): Float64Array[] => {
    const homes = columns.map((column) => median(column.filter((value) => !Number.isNaN(value))));
    const common = Float64Array.from({ length: frames }, (_, t) => {
      const away = columns.map((column, k) => column[t] - homes[k]);
      return median(Float64Array.from(away.filter((value) => !Number.isNaN(value))));
    });
    return columns.map((column) => column.map((value, t) => value - common[t]));
  };
  return { frames, x: without(x), y: without(y) };
}

/**
 * One frame in so many, from each of the first ones on: neighbouring frames are nearly the same, and what is the same twice is no more
 * evidence than once, but what every one of these samples says is.
 */
export function everyFew({ frames, x, y }: Tracks, step: number): Tracks[] {
  return Array.from({ length: Math.min(step, frames) }, (_, first) => {
    const few = (columns: readonly Float64Array[]): Float64Array[] =>
      columns.map((column) => column.filter((_, t) => t % step === first));
    return { frames: Math.ceil((frames - first) / step), x: few(x), y: few(y) };
  });
}

/** NaN for nothing. */
function median(values: Float64Array): number {
  const sorted = values.slice().sort();
  const half = (sorted.length - 1) / 2;
  return (sorted[Math.floor(half)] + sorted[Math.ceil(half)]) / 2;
}
