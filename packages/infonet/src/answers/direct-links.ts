/**
 * Which links are direct: the order is that of constraint-based search (Spirtes & Glymour 1991, in the stable form of Colombo & Maathuis 2014),
 * with one set of neighbours a link, the one that explains most of it. A link that goes through others is as strong as its weakest part at most
 * (data-processing inequality), so the weakest are judged first, and only by links that stand.
 */

import type { Engine } from "../engine/engine.js";
import { answers, confirmed, type Watched } from "./evidence.js";
import type { Explained } from "./explained.js";
import type { FreedColumns } from "./freed.js";
import type { Link } from "./link.js";

/** Neighbours that two columns share, of which those that explain most are looked for, at most. */
const MOST_SHARED = 12;
/** Share of the information that one more column has to explain. */
const LEAST_EXPLAINED = 0.1;
/** Times that links are judged anew, at most. */
const ROUNDS = 5;
/** Links whose freed columns are held at once. */
const LINKS_AT_ONCE = 64;

/** What links are judged by. */
export interface Judgement {
  freed: FreedColumns;
  explained: Explained;
  most: number;
  /** Largest p-value of a link that stands, where so many stand. */
  threshold: (standing: number) => number;
  watched: Watched;
}

/** Takes away links of which nothing is left once the neighbours that explain most of them are known. */
export async function keepDirect(
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
      standAlone(link);
      return false;
    });
    watched.call.expect(questions.length);
    for (let from = 0; from < questions.length; from += LINKS_AT_ONCE) {
      const some = questions.slice(from, from + LINKS_AT_ONCE);
      const found = await answers(engine, freed, some, watched);
      for (const [k, link] of some.entries()) {
        const answer = found[k];
        if (answer === undefined) {
          standAlone(link, link.given);
          continue;
        }
        const isLeft = answer.pValue <= threshold(standing.length);
        const { mi, pValue } = isLeft ? await confirmed(engine, freed, link, answer, watched) : answer;
        link.direct = mi;
        link.pGiven = pValue;
        link.unseen = undefined;
      }
      freed.forget();
      await watched.call.advance(some.length);
    }
    if (!removeWeakest(standing, threshold(standing.length), freed.columns.length)) break;
  }
  restoreStranded(links, freed.columns.length);
}

/** Links that go through others of which too many were taken away later stand by themselves, the strongest first. */
function restoreStranded(links: readonly Link[], columns: number): void {
  const linkOf = finding(links, columns);
  const removed = links.filter(({ stands }) => !stands).sort((a, b) => b.mi - a.mi);
  for (const link of removed) {
    if (leads(link, linkOf)) continue;
    link.stands = true;
    standAlone(link);
  }
}

/** Nothing is taken off a link: there is nothing to, or no rows to do it in. */
function standAlone(link: Link, unseen?: readonly number[]): void {
  link.given = [];
  link.direct = link.mi;
  link.pGiven = 0;
  link.unseen = unseen;
}

/** Links by their ends, in either order. */
function finding(links: readonly Link[], columns: number): (a: number, b: number) => Link | undefined {
  const keyOf = (a: number, b: number): number => Math.min(a, b) * columns + Math.max(a, b);
  const known = new Map(links.map((link) => [keyOf(link.x, link.y), link]));
  return (a, b) => known.get(keyOf(a, b));
}

/**
 * Takes away links whose p-value is too large, the weakest first, as long as what they go through leads from one end to the other: of two
 * copies of a column either explains what the other has with a third, but not both at once.
 *
 * @returns whether there were any
 */
function removeWeakest(standing: readonly Link[], threshold: number, columns: number): boolean {
  const linkOf = finding(standing, columns);
  const weak = standing.filter(({ pGiven = 0 }) => pGiven > threshold).sort((a, b) => a.mi - b.mi);
  let any = false;
  for (const link of weak) {
    link.stands = false;
    if (leads(link, linkOf)) any = true;
    else link.stands = true;
  }
  return any;
}

/** Whether links that stand lead from one end of a link to the other, through what explains it and what explains links of these. */
function leads({ x, y, given }: Link, linkOf: (a: number, b: number) => Link | undefined): boolean {
  const through = new Set([x, y, ...given]);
  // Columns that are added are visited in turn.
  for (const a of through) {
    for (const b of through) {
      const between = linkOf(a, b);
      if (between !== undefined && !between.stands) for (const z of between.given) through.add(z);
    }
  }
  const reached = new Set([x]);
  for (const a of reached) {
    for (const b of through) if (linkOf(a, b)?.stands) reached.add(b);
  }
  return reached.has(y);
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
