/**
 * Communities of a network: groups of columns with more and stronger links among themselves than their strengths would have by chance
 * (modularity, Newman & Girvan 2004), by local moves and merging (Blondel et al. 2008).
 */

/** A link with its weight. */
export interface WeightedLink {
  x: number;
  y: number;
  weight: number;
}

/** A gain below this is rounding. */
const LEAST_GAIN = 1e-12;

/**
 * The community of each node, the largest first; nodes without a link are communities of their own.
 *
 * @param nodes how many there are
 */
export function communitiesOf(nodes: number, links: readonly WeightedLink[]): number[][] {
  let graph = links.map((link) => ({ ...link }));
  let member = Array.from({ length: nodes }, (_, node) => node);
  for (let size = nodes; ; ) {
    const own = moved(size, graph);
    const names = [...new Set(own)];
    member = member.map((node) => names.indexOf(own[node]));
    if (names.length === size) break;
    graph = merged(
      graph,
      own.map((name) => names.indexOf(name)),
    );
    size = names.length;
  }
  const groups = new Map<number, number[]>();
  for (const [node, name] of member.entries()) groups.set(name, [...(groups.get(name) ?? []), node]);
  return [...groups.values()].sort((a, b) => b.length - a.length || a[0] - b[0]);
}

/** Moves nodes to the neighbouring community that gains most modularity, the strongest first, until none gains. */
function moved(nodes: number, links: readonly WeightedLink[]): number[] {
  const neighbours = Array.from({ length: nodes }, () => new Map<number, number>());
  const strength = new Float64Array(nodes);
  let total = 0;
  for (const { x, y, weight } of links) {
    strength[x] += weight;
    strength[y] += weight;
    total += 2 * weight;
    if (x === y) continue;
    neighbours[x].set(y, (neighbours[x].get(y) ?? 0) + weight);
    neighbours[y].set(x, (neighbours[y].get(x) ?? 0) + weight);
  }
  const community = Array.from({ length: nodes }, (_, node) => node);
  if (!(total > 0)) return community;
  const sums = strength.slice();
  const order = [...community].sort((a, b) => strength[b] - strength[a] || a - b);
  for (let isMoving = true; isMoving; ) {
    isMoving = false;
    for (const node of order) {
      const from = community[node];
      sums[from] -= strength[node];
      const shared = new Map<number, number>([[from, 0]]);
      for (const [other, weight] of neighbours[node]) {
        shared.set(community[other], (shared.get(community[other]) ?? 0) + weight);
      }
      const gainOf = (name: number): number =>
        (shared.get(name) as number) - (strength[node] * sums[name]) / total;
      let [best, most] = [from, gainOf(from)];
      for (const name of shared.keys()) {
        const gain = gainOf(name);
        if (gain > most + LEAST_GAIN * total) [best, most] = [name, gain];
      }
      sums[best] += strength[node];
      community[node] = best;
      if (best !== from) isMoving = true;
    }
  }
  return community;
}

/** The graph whose nodes are communities: links within one become a link with itself. */
function merged(links: readonly WeightedLink[], own: readonly number[]): WeightedLink[] {
  const sums = new Map<string, WeightedLink>();
  for (const { x, y, weight } of links) {
    const [a, b] = [Math.min(own[x], own[y]), Math.max(own[x], own[y])];
    const known = sums.get(`${a} ${b}`);
    if (known === undefined) sums.set(`${a} ${b}`, { x: a, y: b, weight });
    else known.weight += weight;
  }
  return [...sums.values()];
}
