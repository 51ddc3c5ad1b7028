import { ticks } from "d3-array";
import type { LagsInformation } from "infonet";
import { leading, type SeriesHead } from "../output/series.js";
import { formatP } from "../text/numbers.js";
import { curvePicture } from "./curve.js";
import type { Html } from "./html.js";

const MARKS = 10;

/** The information of two series by lag, with its intervals, as a picture that stands alone: SVG. */
export function lagCurve(head: SeriesHead, { lags, best, pValue }: LagsInformation): Html {
  const marks = ticks(lags[0].lag, lags[lags.length - 1].lag, MARKS).filter(Number.isInteger);
  const words =
    best === undefined
      ? `no lag stands out, p ${formatP(pValue)}`
      : `${leading(best.lag, head.x, head.y, head.series)}, p of all lags ${formatP(pValue)}`;
  return curvePicture({
    points: lags.map((lag) => ({
      at: lag.lag,
      mi: lag.mi,
      interval: lag.interval,
      filled: lag.familyPValue <= 0.05,
      large: lag === best,
      title: `lag ${lag.lag}, p of all ${formatP(lag.familyPValue)}`,
    })),
    marks: marks.map((at) => ({ at, text: String(at) })),
    heading: `${head.x} × ${head.y}: ${words}`,
    label: `Mutual information of ${head.x} and ${head.y} by lag: ${words}`,
    along: `lag in rows; above 0, ${head.x} comes first (filled: p of all lags at most 0.05; band: 90 % intervals)`,
    units: head.units,
  });
}
