/** Runs the network on batches of permutations (canonical orientation) and gives their quantiles of √MI. */
export interface BatchRunner {
  /** Batches that it works on at once. */
  readonly parallel: number;
  run(perms: readonly Uint32Array[]): Promise<Float32Array>;
  close(): Promise<void>;
}
