import { basename } from "node:path";
import type { LagsInformation, MatrixWindows, PairWindows } from "infonet";
import { type SeriesHead, seriesInWords } from "../output/series.js";
import { placeOf, type WindowsHead } from "../output/windows.js";
import type { TableColumn, TableInTime } from "../table/types.js";
import { count, fixed, formatP, grouped } from "../text/numbers.js";
import { curvePicture } from "./curve.js";
import { type Html, html, Html as Markup } from "./html.js";
import { lagCurve } from "./lag-curve.js";
import { contentPolicy } from "./policy.js";
import { styleSheet } from "./style.js";

/** Pairs that have a picture. */
const MOST_PICTURES = 24;
/** Marks below a picture of windows. */
const MARKS = 4;

/** Two series at several lags as one HTML page that needs nothing else. */
export function lagsReport(head: SeriesHead, result: LagsInformation): string {
  const { lags, best, n, effectiveSize } = result;
  const rows = lags.map(
    (lag) =>
      html`<tr${lag === best && new Markup(' class="best"')}><td class="num">${String(lag.lag)}</td><td class="num">${fixed(lag.mi)}</td><td class="num">${fixed(lag.interval[0])} – ${fixed(lag.interval[1])}</td><td class="num">${formatP(lag.pValue)}</td><td class="num">${formatP(lag.familyPValue)}</td></tr>`,
  );
  const meta = [`${grouped(n)} complete rows, which count as ${grouped(Math.round(effectiveSize))}`];
  return page({ ...head, title: `${head.x} × ${head.y} by lag`, meta }, [
    html`<section><h2>By lag</h2><div class="scroll">${lagCurve(head, result)}</div></section>
<section><h2>Numbers</h2><div class="scroll"><table class="columns"><thead><tr><th scope="col" class="num">lag</th><th scope="col" class="num">MI</th><th scope="col" class="num">90 % interval</th><th scope="col" class="num">p</th><th scope="col" class="num">p of all lags</th></tr></thead><tbody>
${rows}</tbody></table></div>${result.warnings.map(({ code, message }) => html`<p class="note"><i>${code}</i>: ${message}</p>`)}</section>`,
  ]);
}

/** Pairs over time as one HTML page that needs nothing else. */
export function windowsReport(
  head: WindowsHead,
  result: MatrixWindows,
  time: TableColumn | undefined,
): string {
  const shown = result.pairs.filter(({ whole }) => whole !== undefined).slice(0, MOST_PICTURES);
  const left = result.pairs.length - shown.length;
  const meta = [`${count(result.windows.length, "window")}`];
  return page({ ...head, title: "Pairs over time", meta }, [
    html`<section><h2>Strongest first</h2><p>Every point is a window, the band its 90 % interval. p of change: windows as different from the whole, if nothing changed; the window that differs most is large where that is at most 0.05.</p>
${shown.map((pair) => html`<div class="scroll">${windowsCurve(pair, result, head.units, time)}</div>`)}${left > 0 && html`<p class="note">… and ${count(left, "other pair")}.</p>`}</section>`,
  ]);
}

function windowsCurve(
  { x, y, whole, windows, change }: PairWindows,
  { windows: places }: MatrixWindows,
  units: string,
  time: TableColumn | undefined,
): Html {
  const changed = change !== undefined && change.pValue <= 0.05;
  const words = `${fixed(whole?.mi ?? 0)} ${units} in all, p of change ${formatP(change?.pValue)}`;
  const step = Math.max(1, Math.ceil(windows.length / MARKS));
  const marks = [...windows.keys()].filter((k) => k % step === 0);
  return curvePicture({
    points: windows.map((own, k) =>
      own === undefined
        ? undefined
        : {
            at: k,
            mi: own.mi,
            interval: own.interval,
            filled: own.interval[0] > 0,
            large: changed && change.window === k,
            title: placeOf(places[k], time),
          },
    ),
    marks: marks.map((at) => ({ at, text: placeOf(places[at], time).split(" to ")[0] })),
    heading: `${x} × ${y}: ${words}`,
    label: `Mutual information of ${x} and ${y} over time: ${words}`,
    along: "first row of the window (filled: the interval is above 0)",
    units,
    height: 220,
  });
}

/** What a page is about. */
interface PageHead {
  file: string;
  units: string;
  seed: number;
  model: string;
  series: TableInTime | undefined;
  title: string;
  meta: readonly string[];
}

function page(
  { file, units, seed, model, series, title, meta }: PageHead,
  sections: readonly Html[],
): string {
  const style = styleSheet();
  const said = [...(series === undefined ? [] : [seriesInWords(series)]), ...meta];
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy("", style)}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="generator" content="infonet"><title>${basename(file)} – ${title}</title>
<style>${new Markup(style)}</style></head><body>
<header><p class="eyebrow">Rows in time</p><h1>${basename(file)} <small>${title}</small></h1>
<p class="meta">${said.map((text) => html`<span>${text}</span>`)}<span>information in ${units}</span><span>seed ${String(seed)}</span><span>model ${model}</span></p></header>
<main>
${sections}
</main>
<footer>Made by infonet. The same table and seed give the same report.</footer>
</body></html>
`.text;
}
