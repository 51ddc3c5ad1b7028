/**
 * An order of items in which similar ones stand together: average-linkage clustering by the
 * nearest-neighbour chain (Müllner 2011), O(n²), where each merge turns the two lists so that their most
 * similar ends meet.
 *
 * @param size number of items
 * @param similarity symmetric, larger is more similar
 */
export function similarOrder(size: number, similarity: (i: number, j: number) => number): number[] {
  if (size < 3) return Array.from({ length: size }, (_, i) => i);
  const between = Array.from({ length: size }, (_, i) =>
    Float64Array.from({ length: size }, (_, j) => similarity(i, j)),
  );
  const lists: (number[] | undefined)[] = Array.from({ length: size }, (_, i) => [i]);
  const chain: number[] = [];
  for (let merges = 0; merges < size - 1; ) {
    if (chain.length === 0) chain.push(lists.findIndex((list) => list !== undefined));
    const top = chain[chain.length - 1];
    const before = chain.length > 1 ? chain[chain.length - 2] : -1;
    // Preferring the one before on ties keeps the chain from running in a circle.
    let nearest = before;
    for (let k = 0; k < size; k++) {
      if (k === top || lists[k] === undefined) continue;
      if (nearest < 0 || between[top][k] > between[top][nearest]) nearest = k;
    }
    if (nearest !== before) {
      chain.push(nearest);
      continue;
    }
    chain.length -= 2;
    mergeInto(lists, between, Math.min(top, before), Math.max(top, before), similarity);
    merges++;
  }
  return lists.find((list) => list !== undefined) as number[];
}

function mergeInto(
  lists: (number[] | undefined)[],
  between: Float64Array[],
  kept: number,
  gone: number,
  similarity: (i: number, j: number) => number,
): void {
  const a = lists[kept] as number[];
  const b = lists[gone] as number[];
  for (const [k, list] of lists.entries()) {
    if (list === undefined || k === kept || k === gone) continue;
    const mean = (a.length * between[kept][k] + b.length * between[gone][k]) / (a.length + b.length);
    between[kept][k] = mean;
    between[k][kept] = mean;
  }
  lists[kept] = join(a, b, similarity);
  lists[gone] = undefined;
}

function join(a: number[], b: number[], similarity: (i: number, j: number) => number): number[] {
  const last = (list: number[]) => list[list.length - 1];
  const choices: [number, () => number[]][] = [
    [similarity(last(a), b[0]), () => [...a, ...b]],
    [similarity(last(a), last(b)), () => [...a, ...b.toReversed()]],
    [similarity(a[0], b[0]), () => [...a.toReversed(), ...b]],
    [similarity(a[0], last(b)), () => [...b, ...a]],
  ];
  let best = choices[0];
  for (const choice of choices) if (choice[0] > best[0]) best = choice;
  return best[1]();
}
