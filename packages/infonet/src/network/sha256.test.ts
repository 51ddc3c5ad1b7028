import { createHash } from "node:crypto";
import { afterEach, expect, test, vi } from "vitest";
import { sha256 } from "./sha256.js";

afterEach(() => {
  vi.unstubAllGlobals();
});

/** Around the ends of blocks, where the padding needs another one; a view into a larger buffer. */
const samples = [0, 1, 3, 55, 56, 57, 63, 64, 65, 119, 120, 128, 1000, 100_003].map((length) =>
  Uint8Array.from({ length: length + 5 }, (_, k) => (k * k * 31 + k) % 256).subarray(5),
);

test.each([
  ["with Web Crypto", () => {}],
  ["without it, as on pages without TLS", () => vi.stubGlobal("crypto", undefined)],
])("the hash is that of Node, %s", async (_, prepare) => {
  prepare();
  for (const bytes of samples) {
    expect(await sha256(bytes), `${bytes.length} bytes`).toBe(
      createHash("sha256").update(bytes).digest("hex"),
    );
  }
});
