/** What the address says behind its #: which table, what is looked at. Nothing of it is sent to a server. */
import type { Asked } from "./messages.js";

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
  /** What the reader says of columns. */
  kinds: Record<string, Asked>;
}

const KINDS: readonly Asked[] = ["number", "category", "date", "out"];

/** Reads it; what it cannot mean is left out. */
export function readPlace(hash: string): Place {
  const entries = new URLSearchParams(hash.replace(/^#/, ""));
  const text = (name: string): string | undefined => entries.get(name) || undefined;
  const [x, y] = [text("x"), text("y")];
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
    kinds: Object.fromEntries(kinds),
  };
}

/** Writes it. */
export function writePlace({ sample, data, file, target, pair, kinds }: Place): string {
  const entries = new URLSearchParams();
  const texts = { sample, file, target, x: pair?.[0], y: pair?.[1], data };
  for (const [name, kind] of Object.entries(kinds))
    if (kind !== "auto") entries.append("kind", `${kind}:${name}`);
  for (const [name, value] of Object.entries(texts)) if (value !== undefined) entries.set(name, value);
  const text = entries.toString();
  return text === "" ? "" : `#${text}`;
}

/** Characters of a link that most programs still take. */
const LONGEST = 30_000;

/** A table so that a link can hold it; nothing if it is too large. */
export async function packed(bytes: ArrayBuffer): Promise<string | undefined> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const small = new Uint8Array(await new Response(stream).arrayBuffer());
  if (small.length * 4 > LONGEST * 3) return undefined;
  const text = btoa(Array.from(small, (byte) => String.fromCharCode(byte)).join(""));
  return text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** The table that a link holds. */
export async function unpackedData(text: string): Promise<ArrayBuffer> {
  const small = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) =>
    char.charCodeAt(0),
  );
  const stream = new Blob([small]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).arrayBuffer();
}
