/** Columns of levels for tests. */

/** Levels 0 … levels − 1, each as probable. */
export function levelsAtRandom(n: number, levels: number, uniform: () => number): number[] {
  return Array.from({ length: n }, () => Math.floor(levels * uniform()));
}

/** Levels as texts: a letter and the number. */
export function texts(levels: readonly number[], letter: string): string[] {
  return levels.map((level) => `${letter}${level}`);
}
