import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { readText, tempFile, tempFolder, valuesOf } from "../testing/files.js";
import { unpackGzip } from "./gzip.js";

const ROWS = Array.from({ length: 50_000 }, (_, k) => `${(k * 2654435761) % 4294967296},${k}`);
const TEXT = `a,b\n${ROWS.join("\n")}\n`;

async function unpack(bytes: Uint8Array): Promise<string> {
  const copy = join(tempFolder(), "copy");
  await unpackGzip("t.csv.gz", tempFile("t.csv.gz", bytes), copy);
  return readFileSync(copy, "utf8");
}

describe("unpackGzip", () => {
  test("unpacks members one after the other, and padding of zeros behind them", async () => {
    expect(await unpack(gzipSync(TEXT))).toBe(TEXT);
    const members = [gzipSync("a,b\n1,2\n"), gzipSync(TEXT), gzipSync(""), gzipSync("3,4\n")];
    expect(await unpack(Buffer.concat([...members, Buffer.alloc(512)]))).toBe(`a,b\n1,2\n${TEXT}3,4\n`);
  });

  test.each([0.001, 0.1, 0.5, 0.9, 0.9999])(
    "refuses a file that is cut at %d of its length",
    async (share) => {
      const whole = gzipSync(TEXT);
      await expect(unpack(whole.subarray(0, Math.floor(share * whole.length)))).rejects.toThrow(
        "t.csv.gz is cut: its gzip data breaks off before its end; fetch or compress it again.",
      );
    },
  );

  test("refuses a member that is cut behind one that is whole", async () => {
    const bytes = Buffer.concat([gzipSync("a,b\n1,2\n"), gzipSync(TEXT).subarray(0, -3)]);
    await expect(unpack(bytes)).rejects.toThrow("t.csv.gz is cut");
  });

  test("refuses damage, by the checksum", async () => {
    for (const at of [-6, -1, 40, 5000]) {
      const bytes = gzipSync(TEXT);
      bytes[(at + bytes.length) % bytes.length] ^= 0x55;
      await expect(unpack(bytes), `${at}`).rejects.toThrow("t.csv.gz is damaged");
    }
  });

  test("refuses other bytes behind the data", async () => {
    const whole = gzipSync(TEXT);
    for (const rest of ["garbage", "\0\0garbage", `${"\0".repeat(300_000)}x`]) {
      await expect(unpack(Buffer.concat([whole, Buffer.from(rest)]))).rejects.toThrow(
        /^t\.csv\.gz (is|holds)/,
      );
    }
  });
});

describe("a compressed table", () => {
  test.each(["t.csv.gz", "t.json.gz", "t.ndjson.gz", "t.parquet.gz"])(
    "is refused if it is cut: %s",
    async (name) => {
      const whole = gzipSync(TEXT);
      await expect(readText(name, whole.subarray(0, whole.length >> 1))).rejects.toThrow(
        new RegExp(`${name} is cut: `),
      );
    },
  );

  test("may be in any encoding, but is compressed once", async () => {
    const wide = gzipSync(Buffer.from("\ufeffa,b\n1,2\n3,4\n", "utf16le"));
    expect(valuesOf(await readText("t.csv.gz", wide))).toEqual({ a: [1, 3], b: [2, 4] });
    await expect(readText("t.csv.gz", gzipSync(gzipSync(TEXT)))).rejects.toThrow(
      "was compressed twice; unpack it once",
    );
    await expect(readText("t.csv.gz", gzipSync(""))).rejects.toThrow("is empty (0 bytes)");
  });
});
