/**
 * What depends directly on what: pairs that depend on each other, less those whose dependence goes through others. The order is that of
 * constraint-based search (Spirtes & Glymour 1991, in the stable form of Colombo & Maathuis 2014), with one set of neighbours a link: the
 * one that explains most of it. A link that goes through others is as strong as its weakest part at most (data-processing inequality), so
 * the weakest are judged first, and only by links that stand.
 */

import type { Engine } from "../engine/engine.js";
import { qValues } from "../inference/false-discovery.js";
import { finiteNumber, readOptions, type TableOf, wholeNumber } from "../input/options.js";
import { MANY } from "../input/tables.js";
import { unitScale } from "../input/units.js";
import { matrixOf } from "../pairs/estimate.js";
import type { Progress } from "../types.js";
import { answerColumns } from "./columns.js";
import { answers, type Watched, within } from "./evidence.js";
import { Explained } from "./explained.js";
import { FreedColumns } from "./freed.js";
import type { DependenceNetwork, NetworkOptions } from "./types.js";

const NETWORK = {
  ...MANY,
  fdr: finiteNumber((value) => value > 0 && value < 1, "a rate above 0 and below 1", 0.05),
  most: wholeNumber(1, 3, 4),
} satisfies TableOf<NetworkOptions>;

/** A pair that depends on each other. */
interface Link {
  x: number;
  y: number;
  mi: number;
  pValue: number;
  /** What explains most of it. */
  given: number[];
  /** What is left with these known, and its p-value. */
  direct: number;
  pGiven: number;
  /** Whether it stands. */
  stands: boolean;
}

/** Neighbours that two columns share, of which those that explain most are looked for, at most. */
const MOST_SHARED = 12;
/** Share of the information that one more column has to explain. */
const LEAST_EXPLAINED = 0.1;
/** Times that links are judged anew, at most. */
const ROUNDS = 5;
/** Links whose freed columns are held at once. */
const LINKS_AT_ONCE = 64;

/**
 * The network of direct dependence of a table.
 *
 * @throws InfoNetError "invalid-option", also for what is no table; AbortedError without a partial result
 */
export async function networkOf(
  engine: Engine,
  columns: unknown,
  options: NetworkOptions = {},
): Promise<DependenceNetwork> {
  const { seed, units, fdr, most, signal, onProgress } = readOptions(options, NETWORK);
  const read = answerColumns(columns, seed);
  const call = engine.call({ signal, onProgress });
  return call.run(async () => {
    const pairs = (read.length * (read.length - 1)) / 2;
    call.expect(pairs);
    let done = 0;
    const count = (progress: Progress): void => {
      call.count(progress.done - done);
      done = progress.done;
      call.tell();
    };
    const watched = { call, signal };
    const matrix = await within(watched, () =>
      matrixOf(engine, columns, { seed, signal, onProgress: count }),
    );
    const positions = new Map(read.map(({ name }, place) => [name, place]));
    const links: Link[] = [];
    const failed: DependenceNetwork["failed"] = [];
    let tests = 0;
    for (const cell of matrix.pairs) {
      const { x, y } = cell;
      if (cell.error !== undefined) failed.push({ x, y, error: cell.error, code: cell.code });
      if (cell.error !== undefined || cell.pValue === undefined) continue;
      const { mi, pValue, qValue } = cell;
      tests++;
      if ((qValue as number) > fdr) continue;
      const [i, j] = [x, y].map((name) => positions.get(name) as number);
      links.push({ x: i, y: j, mi, pValue, given: [], direct: mi, pGiven: 0, stands: true });
    }
    await judge(engine, links, {
      freed: new FreedColumns(read, await engine.workers(pairs), seed),
      explained: new Explained(read),
      most,
      threshold: (standing) => (fdr * Math.max(1, standing)) / Math.max(1, tests),
      watched,
    });
    const scale = unitScale(units);
    const names = (places: readonly number[]): string[] => places.map((place) => read[place].name);
    const standing = links.filter(({ stands }) => stands);
    const q = qValues(
      standing.map(({ pValue, pGiven }) => Math.max(pValue, pGiven)),
      tests - standing.length,
    );
    const drawn = standing
      .map((link, k) => ({ ...link, qValue: q[k] }))
      .filter(({ qValue }) => qValue <= fdr);
    const edges = drawn.map(({ x, y, mi, pValue, pGiven, direct, given, qValue }) => ({
      x: read[x].name,
      y: read[y].name,
      mi: scale * mi,
      direct: scale * direct,
      given: names(given),
      pValue: Math.max(pValue, pGiven),
      qValue,
    }));
    const removed = links
      .filter(({ stands }) => !stands)
      .map(({ x, y, mi, direct, given, pGiven }) => ({
        x: read[x].name,
        y: read[y].name,
        mi: scale * mi,
        direct: scale * direct,
        through: names(given),
        pValue: pGiven,
      }));
    return {
      units,
      seed,
      model: matrix.model,
      nodes: read.map(({ name }) => name),
      edges: edges.sort((a, b) => b.direct - a.direct),
      removed: removed.sort((a, b) => b.mi - a.mi),
      failed,
    };
  });
}

/** What links are judged by. */
interface Judgement {
  freed: FreedColumns;
  explained: Explained;
  most: number;
  /** Largest p-value of a link that stands, where so many stand. */
  threshold: (standing: number) => number;
  watched: Watched;
}

async function judge(
  engine: Engine,
  links: Link[],
  { freed, explained, most, threshold, watched }: Judgement,
): Promise<void> {
  const judged = new Map<Link, string>();
  for (let round = 0; round < ROUNDS; round++) {
    const standing = links.filter(({ stands }) => stands);
    const neighbours = neighboursOf(standing, freed.columns.length);
    const anew = standing.filter((link) => {
      const given = explaining(link, neighbours, explained, most);
      const key = [...given].sort((a, b) => a - b).join();
      if (judged.get(link) === key) return false;
      judged.set(link, key);
      link.given = given;
      return true;
    });
    const questions = anew.filter((link) => {
      if (link.given.length > 0) return true;
      link.direct = link.mi;
      link.pGiven = 0;
      return false;
    });
    watched.call.expect(questions.length);
    for (let from = 0; from < questions.length; from += LINKS_AT_ONCE) {
      const some = questions.slice(from, from + LINKS_AT_ONCE);
      const found = await answers(engine, freed, some, watched);
      for (const [k, link] of some.entries()) {
        link.direct = found[k]?.mi ?? link.mi;
        link.pGiven = found[k]?.pValue ?? 0;
      }
      freed.forget();
      await watched.call.advance(some.length);
    }
    if (!removeWeakest(standing, threshold(standing.length), freed.columns.length)) return;
  }
}

/**
 * Takes away links whose p-value is too large, the weakest first, as long as the links that they go through stand.
 *
 * @returns whether there were any
 */
function removeWeakest(standing: readonly Link[], threshold: number, columns: number): boolean {
  const keyOf = (a: number, b: number): number => Math.min(a, b) * columns + Math.max(a, b);
  const gone = new Set<number>();
  const weak = standing.filter(({ pGiven }) => pGiven > threshold).sort((a, b) => a.mi - b.mi);
  for (const link of weak) {
    const isCut = link.given.some((z) => gone.has(keyOf(link.x, z)) && gone.has(keyOf(z, link.y)));
    if (isCut) continue;
    link.stands = false;
    gone.add(keyOf(link.x, link.y));
  }
  return gone.size > 0;
}

function neighboursOf(links: readonly Link[], columns: number): ReadonlySet<number>[] {
  const neighbours = Array.from({ length: columns }, () => new Set<number>());
  for (const { x, y } of links) {
    neighbours[x].add(y);
    neighbours[y].add(x);
  }
  return neighbours;
}

/** The neighbours of both ends of a link that explain most of it, one after the other. */
function explaining(
  { x, y }: Link,
  neighbours: readonly ReadonlySet<number>[],
  explained: Explained,
  most: number,
): number[] {
  const strength = new Map<number, number>();
  for (const z of neighbours[x]) {
    if (!neighbours[y].has(z)) continue;
    strength.set(z, Math.min(explained.information(x, z, []), explained.information(z, y, [])));
  }
  let left = [...strength]
    .sort(([a, p], [b, q]) => q - p || a - b)
    .slice(0, MOST_SHARED)
    .map(([z]) => z);
  const given: number[] = [];
  const first = explained.information(x, y, []);
  let least = first;
  while (given.length < most && left.length > 0) {
    const with_ = left.map((z) => explained.information(x, y, [...given, z]));
    const best = with_.reduce((place, value, k) => (value < with_[place] ? k : place), 0);
    if (with_[best] > least - LEAST_EXPLAINED * first) break;
    least = with_[best];
    given.push(left[best]);
    left = left.filter((_, k) => k !== best);
  }
  return given;
}
