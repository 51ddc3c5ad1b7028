/** A colour as red, green, blue in 0 … 255. */
export type Rgb = readonly [number, number, number];

/** Both appearances of a scale. */
export interface TwoTone<T> {
  light: T;
  dark: T;
}

/** Number of steps of the strength scale: enough to look continuous, few enough to be CSS classes. */
export const STRENGTH_STEPS = 24;
/**
 * Number of steps of the density-ratio scale: as many as a palette holds, so that no contours show, and odd, so that
 * the middle is exactly "as if independent".
 */
export const RATIO_STEPS = 255;

/** From independent to determined; lightness runs one way only, so it also reads in grey. */
export const STRENGTH: TwoTone<Rgb[]> = {
  light: scale(["#f1efe7", "#cfe0d2", "#86bdb0", "#3d8a99", "#1d5578", "#122c4e"], STRENGTH_STEPS),
  dark: scale(["#222a31", "#234652", "#2a7379", "#55a78f", "#a8d59a", "#f6f3bd"], STRENGTH_STEPS),
};

/** Position behind the strength scale: pairs without a number. */
export const STRENGTH_NONE = STRENGTH_STEPS;

/** The strength scale with {@link STRENGTH_NONE}: all colours of a picture of many pairs. */
export const STRENGTH_MAP: TwoTone<Rgb[]> = {
  light: [...STRENGTH.light, parse("#c2a6a0")],
  dark: [...STRENGTH.dark, parse("#6b4a48")],
};

/** From rarer than chance (rust) through as-if-independent to more often than chance (blue). */
export const RATIO: TwoTone<Rgb[]> = {
  light: scale(["#6f2409", "#bd5a26", "#e9a878", "#faf7f0", "#92c5cb", "#2f7f9b", "#0d3557"], RATIO_STEPS),
  dark: scale(["#ffc596", "#d9763c", "#7a3f22", "#1f252b", "#1f5763", "#41a7b0", "#c4f4e8"], RATIO_STEPS),
};

/** Position behind the ratio scale: the ground of places where nothing ever is. */
export const RATIO_NEVER = RATIO_STEPS;

/** The ratio scale with {@link RATIO_NEVER}: all colours of a map. */
export const RATIO_MAP: TwoTone<Rgb[]> = {
  light: [...RATIO.light, parse("#dcd7ca")],
  dark: [...RATIO.dark, parse("#343c44")],
};

/** Step of the stripes on that ground: strong enough to be seen, and no colour of the end of the scale. */
const STRIPE = Math.floor(RATIO_STEPS / 6);

/** Density ratios beyond this factor (either way) have the colour of the end of the scale. */
export const RATIO_LIMIT = 16;

/** Step of the strength scale for a value in 0 … 1. */
export function strengthStep(value: number): number {
  return clamp(Math.floor(value * STRENGTH_STEPS), STRENGTH_STEPS);
}

/**
 * Step of the ratio scale for a log density ratio in nats. The square-root-like stretch lets weak
 * dependence show on the same scale as strong.
 */
export function ratioStep(logRatio: number): number {
  const share = Math.min(Math.abs(logRatio) / Math.log(RATIO_LIMIT), 1) ** 0.65;
  const middle = (RATIO_STEPS - 1) / 2;
  return clamp(Math.round(middle + Math.sign(logRatio) * share * middle), RATIO_STEPS);
}

/**
 * Colour of a pixel of a map: step of the ratio scale, or stripes where nothing ever is.
 *
 * @param logRatio −Infinity where nothing is
 */
export function ratioPixel(logRatio: number, across: number, down: number): number {
  if (logRatio !== Number.NEGATIVE_INFINITY) return ratioStep(logRatio);
  return (across + down) % 7 < 2 ? STRIPE : RATIO_NEVER;
}

/** `#rrggbb`. */
export function hex([r, g, b]: Rgb): string {
  return `#${[r, g, b].map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
}

function clamp(step: number, steps: number): number {
  return Math.min(Math.max(step, 0), steps - 1);
}

function scale(stops: readonly string[], steps: number): Rgb[] {
  const colours = stops.map((stop) => toOklab(parse(stop)));
  return Array.from({ length: steps }, (_, step) => {
    const at = (step / (steps - 1)) * (stops.length - 1);
    const left = Math.min(Math.floor(at), stops.length - 2);
    const share = at - left;
    const mixed = colours[left].map((part, k) => part + share * (colours[left + 1][k] - part));
    return fromOklab(mixed as unknown as Rgb);
  });
}

function parse(colour: string): Rgb {
  const number = Number.parseInt(colour.slice(1), 16);
  return [number >> 16, (number >> 8) & 255, number & 255];
}

// Oklab (Ottosson 2020): mixing there keeps steps of equal size equal to the eye.
function toOklab(rgb: Rgb): Rgb {
  const [r, g, b] = rgb.map((part) => {
    const s = part / 255;
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  });
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function fromOklab([lightness, a, b]: Rgb): Rgb {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  return linear.map((part) => {
    const c = part <= 0.0031308 ? 12.92 * part : 1.055 * Math.max(part, 0) ** (1 / 2.4) - 0.055;
    return Math.round(Math.min(Math.max(c, 0), 1) * 255);
  }) as unknown as Rgb;
}
