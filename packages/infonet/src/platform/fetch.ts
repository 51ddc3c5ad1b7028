/** Is told how many bytes come, where that is known, and how many have come. */
export interface WatchBytes {
  expect(bytes: number): void;
  count(bytes: number): void;
}

/**
 * The bytes at an address.
 *
 * @param most bytes from which it is given up
 * @throws Error if there are none, or more
 */
export async function fetchBytes(
  url: URL,
  most: number,
  signal?: AbortSignal,
  watch?: WatchBytes,
): Promise<Uint8Array> {
  const response = await fetch(url, { signal });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`${response.url} answered ${response.status} ${response.statusText}`.trim());
  }
  // Of what is packed for the way, the length tells nothing.
  const told = response.headers.has("content-encoding") ? 0 : Number(response.headers.get("content-length"));
  if (told > 0 && told <= most) watch?.expect(told);
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
    length += part.value.length;
    if (length > most) {
      await reader?.cancel();
      throw tooLarge(response.url, most);
    }
    chunks.push(part.value);
    watch?.count(part.value.length);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** Why a file is not read. */
export function tooLarge(place: string, most: number): Error {
  return new Error(`${place} has more than the ${most} bytes that such a file may have`);
}
