/** Small tables within links. Loaded when one is to be written or read. */

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
