/** Results whose pairs come some at a time, and need not fit into memory: the same bytes as of those that do. */
import { csvHeader, csvLines } from "./csv.js";
import { jsonEnd, jsonHead, jsonPairs } from "./json.js";
import type { Cell, MatrixResult } from "./result.js";

type Head = Omit<MatrixResult, "pairs">;

/** As CSV. */
export async function* streamedCsv(head: Head, batches: AsyncIterable<Cell[]>): AsyncGenerator<string> {
  yield csvHeader(head);
  for await (const pairs of batches) yield [...csvLines({ ...head, pairs })].join("");
}

/** As JSON. */
export async function* streamedJson(head: Head, batches: AsyncIterable<Cell[]>): AsyncGenerator<string> {
  yield [...jsonHead(head)].join("");
  let before = 0;
  for await (const pairs of batches) {
    yield [...jsonPairs(pairs, before)].join("");
    before += pairs.length;
  }
  yield jsonEnd(before);
}
