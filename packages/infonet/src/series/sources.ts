/** Which series tell of the future of one beyond its own past, and how many rows before. */

import type { Engine } from "../engine/engine.js";
import { failureOf } from "../errors.js";
import {
  type FreedTarget,
  freedTarget,
  lookAt,
  randomSigns,
  type SeenEvidence,
  type Signs,
  type SourceEvidence,
  sourceEvidence,
} from "../independence/covariance-given.js";
import { type Cells, readCells } from "../input/cells.js";
import { readColumns } from "../input/columns.js";
import { requireEqualLengths } from "../input/data-errors.js";
import { completeRows } from "../input/missing.js";
import { readArgument, readOptions, type TableOf, wholeNumber } from "../input/options.js";
import { MANY, ROWS } from "../input/tables.js";
import { FEWEST_SAMPLES } from "../input/warnings.js";
import { conditionalInformation } from "../multivariate/conditional.js";
import { positions } from "../pairs/matrix.js";
import { historyOf, knownColumns, shifter, timeRows } from "./in-time.js";
import { GIVEN, heeding } from "./transfer.js";
import type { SourceInformation, SourcesInformation, SourcesOptions } from "./types.js";

/** The options of `sources`. */
export const SOURCES = {
  ...MANY,
  maxLag: wholeNumber(1, 5),
  history: wholeNumber(1, undefined),
  given: GIVEN,
  cluster: ROWS.cluster,
} satisfies TableOf<SourcesOptions>;

/** A source at all its lags. */
interface Candidate {
  name: string;
  /** The column so many rows before, from 1 on. */
  lags: Cells[];
  /** The lags at which there are rows enough. */
  tested: number[];
  seen: SeenEvidence[];
}

/**
 * The series of a table that tell of one of them.
 *
 * @throws InfoNetError "unknown-column" if there is no such target, "invalid-option", and as `conditional` for a target that cannot be one;
 *   AbortedError without a partial result
 */
export async function sourcesOf(
  engine: Engine,
  columns: unknown,
  target: string,
  options: SourcesOptions,
): Promise<SourcesInformation> {
  const { maxLag, history, given = [], cluster, ...others } = readOptions(options, SOURCES);
  const { seed, signal, onProgress } = others;
  readArgument("target", target, {
    fallback: undefined,
    accepts: (value) => typeof value === "string",
    remedy: "the name of a column",
  });
  const list = readColumns(columns);
  const place = positions(
    "target",
    list.map(({ name }) => name),
  )(target);
  const own = readCells(list[place]);
  const n = own.values.length;
  const beside = given.map((values, k) => readCells({ name: `given[${k}]`, values }));
  beside.forEach(({ values }, k) => {
    requireEqualLengths({ name: target, rows: n }, { name: `given[${k}]`, rows: values.length });
  });
  const time = timeRows(n, cluster, target);
  const past = history ?? historyOf(own, time);
  const shifted = shifter(time, Math.max(maxLag, past));
  const now = shifted(own, 0);
  const condition = [
    ...Array.from({ length: past }, (_, k) => shifted(own, k + 1)),
    ...beside.map((cells) => shifted(cells, 1)),
  ];
  const failed: SourcesInformation["failed"] = [];
  const call = engine.call({ signal, onProgress }, "sources");
  /** Does something for a source, or tells why it cannot be done. */
  const attempt = async (source: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      call.check();
      failed.push({ source, ...failureOf(error) });
    }
    await call.advance(1);
  };
  return call.run(async () => {
    const names = list.filter((_, k) => k !== place);
    call.expect(2 * names.length);
    const freed = new FreedTargets([now, ...condition]);
    const signs = randomSigns(now.values.length, seed);
    const candidates: Candidate[] = [];
    for (const column of names) {
      await attempt(column.name, async () => {
        const cells = readCells(column);
        requireEqualLengths({ name: target, rows: n }, { name: column.name, rows: cells.values.length });
        const lags = Array.from({ length: maxLag }, (_, k) => shifted(cells, k + 1));
        const looks = lags.map((cells) => freed.lookAt(cells, signs));
        const tested = [...looks.keys()].filter((k) => looks[k] !== undefined);
        const seen = tested.map((k) => looks[k] as SeenEvidence);
        candidates.push({ name: column.name, lags, tested, seen });
      });
    }
    const looked = candidates.filter(({ seen }) => seen.length > 0);
    const evidence = new Map(
      sourceEvidence(looked.map(({ seen }) => seen)).map((found, k) => [looked[k], found]),
    );
    const sources: (SourceInformation & { evidence: number })[] = [];
    for (const candidate of candidates) {
      await attempt(candidate.name, async () => {
        const found = evidence.get(candidate);
        const { tested } = candidate;
        const at = found === undefined ? 0 : strongest(found);
        const best = tested[at] ?? 0;
        const question = { ...others, onProgress: undefined, permutations: 0 };
        const [x, y] = [candidate.lags[best], now];
        const { mi, interval, n, warnings } = await conditionalInformation(engine, x, y, condition, question);
        const pValue = found && Math.exp(found.logP);
        sources.push({
          source: candidate.name,
          lag: best + 1,
          mi,
          interval: heeding(interval, pValue),
          pValue,
          familyPValue: found && Math.exp(found.familyLogP),
          lags: (found?.lags ?? []).map(({ logP, familyLogP }, k) => ({
            lag: tested[k] + 1,
            pValue: Math.exp(logP),
            familyPValue: Math.exp(familyLogP),
          })),
          n,
          warnings,
          evidence: found?.lags[at].evidence ?? -Infinity,
        });
      });
    }
    sources.sort((a, b) => b.evidence - a.evidence || b.mi - a.mi);
    return { target, history: past, sources: sources.map(({ evidence, ...source }) => source), failed };
  });
}

function strongest({ lags }: SourceEvidence): number {
  return lags.reduce((best, { evidence }, place) => (evidence > lags[best].evidence ? place : best), 0);
}

/** A target and what is given, freed once for all sources that have all rows. */
class FreedTargets {
  readonly #fixed: readonly Cells[];
  readonly #rows: number;
  #whole: FreedTarget | undefined;

  constructor(fixed: readonly Cells[]) {
    this.#fixed = fixed;
    this.#rows = completeRows(fixed.map(({ values }) => values)).length;
  }

  /** Looks at a source at the rows at which it has a value; not where these are too few. */
  lookAt(source: Cells, signs: Signs): SeenEvidence | undefined {
    const rows = completeRows([...this.#fixed, source].map(({ values }) => values));
    const freed = rows.length < FEWEST_SAMPLES ? undefined : this.#freedAt(rows);
    return freed && lookAt(signs, freed, knownColumns([source], rows)[0]);
  }

  #freedAt(rows: Uint32Array): FreedTarget | undefined {
    const whole = rows.length === this.#rows;
    if (whole && this.#whole !== undefined) return this.#whole;
    const [target, ...given] = knownColumns(this.#fixed, rows);
    const freed = freedTarget(target, given, rows);
    if (whole) this.#whole = freed;
    return freed;
  }
}
