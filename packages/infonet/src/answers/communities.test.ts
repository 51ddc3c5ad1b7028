import { expect, test } from "vitest";
import { communitiesOf, type WeightedLink } from "./communities.js";

/** All links among some nodes. */
const clique = (nodes: readonly number[], weight = 1): WeightedLink[] =>
  nodes.flatMap((x, k) => nodes.slice(k + 1).map((y) => ({ x, y, weight })));

test("a ring of cliques comes apart into them, in any order of the links", () => {
  const groups = Array.from({ length: 6 }, (_, k) => [0, 1, 2, 3].map((j) => 4 * k + j));
  const ring = groups.map((group, k) => ({ x: group[0], y: groups[(k + 1) % 6][1], weight: 1 }));
  const links = [...groups.flatMap((group) => clique(group)), ...ring];
  expect(communitiesOf(24, links)).toEqual(groups);
  expect(communitiesOf(24, [...links].reverse())).toEqual(groups);
});

test("weights count, and nodes without a link are by themselves", () => {
  const square = [
    { x: 0, y: 1, weight: 5 },
    { x: 1, y: 2, weight: 0.5 },
    { x: 2, y: 3, weight: 5 },
    { x: 3, y: 0, weight: 0.5 },
  ];
  expect(communitiesOf(6, square)).toEqual([[0, 1], [2, 3], [4], [5]]);
  expect(communitiesOf(3, [])).toEqual([[0], [1], [2]]);
});

/** Newman & Girvan 2004, equation 5. */
function modularity(links: readonly WeightedLink[], groups: readonly number[][]): number {
  const total = links.reduce((sum, { weight }) => sum + weight, 0);
  return groups.reduce((sum, group) => {
    const inside = links.filter(({ x, y }) => group.includes(x) && group.includes(y));
    const ends = links.reduce(
      (all, { x, y, weight }) => all + weight * (Number(group.includes(x)) + Number(group.includes(y))),
      0,
    );
    return sum + inside.reduce((all, { weight }) => all + weight, 0) / total - (ends / (2 * total)) ** 2;
  }, 0);
}

test("Zachary's karate club: as modular as is known to be possible, or nearly", () => {
  // Zachary 1977: the friends of each member with a higher number.
  const friends: [number, number[]][] = [
    [1, [2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 18, 20, 22, 32]],
    [2, [3, 4, 8, 14, 18, 20, 22, 31]],
    [3, [4, 8, 9, 10, 14, 28, 29, 33]],
    [4, [8, 13, 14]],
    [5, [7, 11]],
    [6, [7, 11, 17]],
    [7, [17]],
    [9, [31, 33, 34]],
    [10, [34]],
    [14, [34]],
    [15, [33, 34]],
    [16, [33, 34]],
    [19, [33, 34]],
    [20, [34]],
    [21, [33, 34]],
    [23, [33, 34]],
    [24, [26, 28, 30, 33, 34]],
    [25, [26, 28, 32]],
    [26, [32]],
    [27, [30, 34]],
    [28, [34]],
    [29, [32, 34]],
    [30, [33, 34]],
    [31, [33, 34]],
    [32, [33, 34]],
    [33, [34]],
  ];
  const links = friends.flatMap(([x, others]) => others.map((y) => ({ x: x - 1, y: y - 1, weight: 1 })));
  expect(links).toHaveLength(78);
  const groups = communitiesOf(34, links);
  expect(groups.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: 34 }, (_, k) => k));
  // The greatest modularity is 0.4198 (Brandes et al. 2008).
  expect(modularity(links, groups)).toBeGreaterThan(0.4);
  expect(modularity(links, groups)).toBeLessThan(0.4199);
});
