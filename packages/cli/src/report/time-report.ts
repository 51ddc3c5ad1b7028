import type { LagMatrix, LagsInformation, MatrixWindows, PairWindows } from "infonet";
import type { LagMatrixHead } from "../output/lag-matrix.js";
import { leading, type SeriesHead, seriesInWords } from "../output/series.js";
import { placeOf, type WindowsHead } from "../output/windows.js";
import type { TableColumn } from "../table/types.js";
import { count, fixed, formatP, grouped } from "../text/numbers.js";
import { curvePicture } from "./curve.js";
import { estimateTable } from "./estimates.js";
import { type Html, html, Html as Markup } from "./html.js";
import { lagCurve } from "./lag-curve.js";
import { cautions, more, notComputed, type Page, pageOf, tiles } from "./page.js";
import { MOST_RANKED } from "./view.js";

/** Pairs that have a picture. */
const MOST_PICTURES = 24;
/** Marks below a picture of windows. */
const MARKS = 4;

/** Two series at several lags as one HTML page that needs nothing else. */
export function lagsReport(of: SeriesHead, result: LagsInformation): string {
  const { lags, best, n, effectiveSize, pValue, warnings } = result;
  const rows = lags.map(
    (lag) =>
      html`<tr${lag === best && new Markup(' class="best"')}><td class="num">${String(lag.lag)}</td><td class="num">${fixed(lag.mi)}</td><td class="num">${fixed(lag.interval[0])} – ${fixed(lag.interval[1])}</td><td class="num">${formatP(lag.pValue)}</td><td class="num">${formatP(lag.familyPValue)}</td></tr>`,
  );
  const size = `${grouped(n)} complete rows, which count as ${grouped(Math.round(effectiveSize))}`;
  return pageOf({
    ...head(of, `${of.x} × ${of.y} by lag`, size),
    head: tiles([
      [
        best === undefined ? "none" : String(best.lag),
        "best lag",
        best === undefined ? "no lag stands out" : leading(best.lag, of.x, of.y, of.series),
      ],
      [formatP(pValue), "p of all lags"],
      [
        `${fixed((best ?? lags.reduce((a, b) => (b.mi > a.mi ? b : a))).mi)} ${of.units}`,
        best === undefined ? "the largest" : "at the best lag",
      ],
    ]),
    sections: [
      {
        id: "by-lag",
        name: "By lag",
        content: html`<section id="by-lag"><h2>By lag</h2><div class="scroll">${lagCurve(of, result)}</div></section>`,
      },
      {
        id: "numbers",
        name: "Numbers",
        content: html`<section id="numbers"><h2>Numbers</h2><div class="scroll"><table class="columns"><thead><tr><th scope="col" class="num">lag</th><th scope="col" class="num">MI</th><th scope="col" class="num">90 % interval</th><th scope="col" class="num">p</th><th scope="col" class="num">p of all lags</th></tr></thead><tbody>
${rows}</tbody></table></div>${cautions(warnings)}</section>`,
      },
    ],
  });
}

/** Pairs at their best lags as one HTML page that needs nothing else. */
export function lagMatrixReport(of: LagMatrixHead, { pairs, maxLag, units, seed }: LagMatrix): string {
  const known = pairs.filter((pair) => pair.error === undefined);
  const failed = pairs.filter((pair) => pair.error !== undefined);
  const telling = known.filter(({ qValue }) => (qValue ?? 1) <= 0.05);
  const ahead = telling.filter(({ lag }) => lag !== 0);
  const who = (pair: (typeof known)[number]) =>
    pair.pValue <= 0.05 ? leading(pair.lag, pair.x, pair.y, of.series) : "no lag stands out";
  const rows = known.slice(0, MOST_RANKED).map((pair) => ({
    ...pair,
    name: html`<b>${pair.x}</b> <span class="times">×</span> <b>${pair.y}</b><small>${who(pair)}</small>`,
  }));
  return pageOf({
    ...head({ ...of, units, seed }, "pairs at their best lags", `lags \u2212${maxLag} to ${maxLag}`),
    head: tiles([
      [grouped(known.length), known.length === 1 ? "pair" : "pairs"],
      [grouped(telling.length), "dependent at some lag", "false discovery rate 5\u00a0%"],
      [grouped(ahead.length), "of these with one ahead of the other"],
    ]),
    sections: [
      {
        id: "ranking",
        name: "Pairs",
        content: html`<section id="ranking"><h2>Strongest first</h2><p>Every pair at the lag with the most evidence. p is that of as much evidence at any lag, if the two were independent of each other.</p>${estimateTable("pair", rows, units)}${more(known.length - rows.length, "pair")}</section>`,
      },
      notComputed(failed, MOST_RANKED),
    ],
  });
}

/** Pairs over time as one HTML page that needs nothing else. */
export function windowsReport(of: WindowsHead, result: MatrixWindows, time: TableColumn | undefined): string {
  const known = result.pairs.filter(({ whole }) => whole !== undefined);
  const shown = known.slice(0, MOST_PICTURES);
  const left = result.pairs.length - shown.length;
  const changed = known.filter(({ change }) => change !== undefined && change.pValue <= 0.05);
  return pageOf({
    ...head(of, "Pairs over time", count(result.windows.length, "window")),
    head: tiles([
      [grouped(result.windows.length), "windows"],
      [grouped(known.length), known.length === 1 ? "pair" : "pairs"],
      [grouped(changed.length), "change over time", "p of change at most 0.05"],
    ]),
    sections: [
      {
        id: "pairs",
        name: "Pairs",
        content: html`<section id="pairs"><h2>Strongest first</h2><p>Every point is a window, the band its 90 % interval. p of change: windows as different from the whole, if nothing changed; the window that differs most is large where that is at most 0.05.</p>
${shown.map((pair) => html`<div class="scroll">${windowsCurve(pair, result, of.units, time)}</div>`)}${left > 0 && html`<p class="note">… and ${count(left, "other pair")}.</p>`}</section>`,
      },
    ],
  });
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

/** What stands above every page of rows in time. */
function head(
  { file, units, seed, model, series }: Pick<SeriesHead, "file" | "units" | "seed" | "model" | "series">,
  about: string,
  said: string,
): Pick<Page, "kind" | "file" | "about" | "heading" | "said" | "units" | "seed" | "model" | "footer"> {
  return {
    kind: "Rows in time",
    ...{ file, about, units, seed, model },
    heading: html`${about}`,
    said: [...(series === undefined ? [] : [seriesInWords(series)]), said],
    footer: "Made by infonet. The same table and seed give the same report.",
  };
}
