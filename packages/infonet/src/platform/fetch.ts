/**
 * The bytes at an address.
 *
 * @param most bytes from which it is given up
 * @throws Error if there are none, or more
 */
export async function fetchBytes(url: URL, most: number, signal?: AbortSignal): Promise<Uint8Array> {
  const response = await fetch(url, { signal });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`${response.url} answered ${response.status} ${response.statusText}`.trim());
  }
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
