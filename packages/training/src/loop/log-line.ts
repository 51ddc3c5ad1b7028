/** One line of `log.jsonl`: mean losses since the last line, or an evaluation. */
export interface LogLine {
  kind: "train" | "validation";
  step: number;
  seen: number;
  minutes: number;
  values: Record<string, number>;
}
