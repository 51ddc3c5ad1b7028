/** What the address says behind its #: which table, what is looked at. Nothing of it is sent to a server. */
import type { Asked, NetworkMethod } from "./messages.js";

/** What is asked of a table beside its pairs. */
export type Question = "network" | "select" | "differences";

/** A view that can be linked to. */
export interface Place {
  /** Name of a sample table. */
  sample?: string;
  /** A small table, compressed, and the name of its file. */
  data?: string;
  file?: string;
  /** The column that is asked about. */
  target?: string;
  /** The pair that is looked at. */
  pair?: [string, string];
  /** Columns beyond which the pair is looked at. */
  given?: string[];
  /** What is asked instead of looking at pairs. */
  view?: Question;
  /** Of a network: how it tells what is direct, and its false discovery rate. */
  method?: NetworkMethod;
  fdr?: number;
  /** The column that makes groups. */
  by?: string;
  /** Whether rows follow each other in time. */
  series?: boolean;
  /** What the reader says of columns. */
  kinds: Record<string, Asked>;
}

const QUESTIONS: readonly Question[] = ["network", "select", "differences"];
const METHODS: readonly NetworkMethod[] = ["conditional", "clr", "aracne"];
const KINDS: readonly Asked[] = ["number", "category", "date", "out"];

/** Reads it; what it cannot mean is left out. */
export function readPlace(hash: string): Place {
  const entries = new URLSearchParams(hash.replace(/^#/, ""));
  const text = (name: string): string | undefined => entries.get(name) || undefined;
  const [x, y] = [text("x"), text("y")];
  const given = entries.getAll("given").filter((name) => name !== "");
  const view = QUESTIONS.find((question) => question === text("view"));
  const method = METHODS.find((name) => name === text("method"));
  const fdr = Number(text("fdr"));
  const kinds = entries.getAll("kind").flatMap((entry): [string, Asked][] => {
    const [, kind, name] = /^([a-z]+):(.*)$/s.exec(entry) ?? [];
    return KINDS.includes(kind as Asked) ? [[name, kind as Asked]] : [];
  });
  return {
    sample: text("sample"),
    data: text("data"),
    file: text("file"),
    target: text("target"),
    ...(x !== undefined && y !== undefined && { pair: [x, y] }),
    ...(given.length > 0 && { given }),
    ...(view !== undefined && { view }),
    ...(method !== undefined && { method }),
    ...(fdr > 0 && fdr < 1 && { fdr }),
    ...(text("by") !== undefined && { by: text("by") }),
    ...(text("series") === "yes" && { series: true }),
    kinds: Object.fromEntries(kinds),
  };
}

/** Writes it. */
export function writePlace({ pair, kinds, given = [], series, ...own }: Place): string {
  const entries = new URLSearchParams();
  const texts = { ...own, x: pair?.[0], y: pair?.[1], series: series ? "yes" : undefined };
  for (const [name, kind] of Object.entries(kinds))
    if (kind !== "auto") entries.append("kind", `${kind}:${name}`);
  for (const name of given) entries.append("given", name);
  for (const [name, value] of Object.entries(texts))
    if (value !== undefined) entries.set(name, String(value));
  const text = entries.toString();
  return text === "" ? "" : `#${text}`;
}
