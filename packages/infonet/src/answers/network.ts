/** What depends directly on what: pairs that depend on each other, less those whose dependence goes through others. */

import type { Engine } from "../engine/engine.js";
import { qValues } from "../inference/false-discovery.js";
import { finiteNumber, oneOf, readOptions, type TableOf, wholeNumber } from "../input/options.js";
import { MANY } from "../input/tables.js";
import { unitScale } from "../input/units.js";
import { matrixOf } from "../pairs/estimate.js";
import type { Progress } from "../types.js";
import { aboveBackground, type KnownPair } from "./background.js";
import { answerColumns } from "./columns.js";
import { communitiesOf } from "./communities.js";
import { withoutWeakest } from "./data-processing.js";
import { keepDirect } from "./direct-links.js";
import { unseenBeyond, type Watched, within } from "./evidence.js";
import { Explained } from "./explained.js";
import { FreedColumns } from "./freed.js";
import type { Link } from "./link.js";
import type { DependenceNetwork, NetworkOptions } from "./types.js";

const NETWORK = {
  ...MANY,
  fdr: finiteNumber((value) => value > 0 && value < 1, "a rate above 0 and below 1", 0.05),
  method: oneOf(["conditional", "clr", "aracne"], "conditional"),
  most: wholeNumber(1, 3, 4),
} satisfies TableOf<NetworkOptions>;

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
  const { seed, units, fdr, method, most, signal, onProgress } = readOptions(options, NETWORK);
  const call = engine.call({ signal, onProgress });
  return call.run(async () => {
    let done = 0;
    const count = (progress: Progress): void => {
      if (done === 0) call.expect(progress.total);
      call.count(progress.done - done);
      done = progress.done;
      call.tell();
    };
    const watched: Watched = { call, signal };
    const matrix = await within(watched, () =>
      matrixOf(engine, columns, { seed, signal, onProgress: count }),
    );
    const names = matrix.columns;
    const places = new Map(names.map((name, place) => [name, place]));
    const placeOf = (name: string): number => places.get(name) as number;
    const links: Link[] = [];
    const known: KnownPair[] = [];
    const failed: DependenceNetwork["failed"] = [];
    for (const cell of matrix.pairs) {
      if (cell.error !== undefined) {
        failed.push({ x: cell.x, y: cell.y, error: cell.error, code: cell.code });
        continue;
      }
      const { mi, pValue, qValue } = cell;
      if (pValue === undefined) continue;
      const [x, y] = [placeOf(cell.x), placeOf(cell.y)];
      known.push({ x, y, mi });
      if ((qValue as number) > fdr) continue;
      links.push({ x, y, mi, pValue, given: [], direct: mi, pGiven: undefined, stands: true });
    }
    const tests = known.length;
    if (method === "clr") aboveBackground(links, known, names.length);
    else if (method === "aracne") withoutWeakest(links, names.length);
    else {
      const read = answerColumns(columns, seed);
      await keepDirect(engine, links, {
        freed: new FreedColumns(read, await engine.workers(tests), seed),
        explained: new Explained(read),
        most,
        threshold: (standing) => (fdr * Math.max(1, standing)) / Math.max(1, tests),
        watched,
      });
    }
    for (const { x, y, unseen } of links) {
      if (unseen === undefined) continue;
      const error = `whether it is direct cannot be told: ${unseenBeyond(unseen.map((place) => names[place]))}`;
      failed.push({ x: names[x], y: names[y], error, code: "too-few-samples" });
    }
    const head = { units, seed, model: matrix.model, method, nodes: names, failed };
    return { ...head, ...drawn(links, names, { tests, fdr, scale: unitScale(units) }) };
  });
}

/** Links that stand at the false discovery rate, what was removed, and the communities that the links make. */
function drawn(
  links: readonly Link[],
  names: readonly string[],
  { tests, fdr, scale }: { tests: number; fdr: number; scale: number },
): Pick<DependenceNetwork, "edges" | "removed" | "communities"> {
  const namesOf = (places: readonly number[]): string[] => places.map((place) => names[place]);
  const standing = links.filter(({ stands }) => stands);
  const pOf = ({ pValue, pGiven = 0 }: Link): number => Math.max(pValue, pGiven);
  const q = qValues(standing.map(pOf), tests - standing.length);
  const kept = new Map(standing.map((link, k) => [link, q[k]] as const).filter(([, own]) => own <= fdr));
  const edges = [...kept].map(([link, qValue]) => ({
    x: names[link.x],
    y: names[link.y],
    mi: scale * link.mi,
    direct: scale * link.direct,
    given: namesOf(link.given),
    ...(link.score !== undefined && { score: link.score }),
    pValue: pOf(link),
    qValue,
  }));
  // Of links that stand but for false discovery, only those have something to tell that were scored.
  const removed = links
    .filter((link) => !link.stands || (link.score !== undefined && !kept.has(link)))
    .map(({ x, y, mi, direct, given, pGiven, score }) => ({
      x: names[x],
      y: names[y],
      mi: scale * mi,
      direct: scale * direct,
      through: namesOf(given),
      ...(score !== undefined && { score }),
      pValue: pGiven,
    }));
  const weighted = [...kept.keys()].map(({ x, y, direct }) => ({ x, y, weight: direct }));
  const strength = (edge: { score?: number; direct: number }): number => edge.score ?? edge.direct;
  return {
    edges: edges.sort((a, b) => strength(b) - strength(a)),
    removed: removed.sort((a, b) => b.mi - a.mi),
    communities: communitiesOf(names.length, weighted).map(namesOf),
  };
}
