import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readText, tempFile, tempFolder, valuesOf } from "../testing/files.js";
import { openDatabase } from "./database.js";
import { Xxh64 } from "./xxh64.js";
import { unpackZstd } from "./zstd.js";

async function unpack(bytes: Uint8Array): Promise<string> {
  const copy = join(tempFolder(), "copy");
  await unpackZstd("t.csv.zst", tempFile("t.csv.zst", bytes), copy);
  return readFileSync(copy, "utf8");
}

const SMALL = `a,b\n${Array.from({ length: 300 }, (_, k) => `${k},${(k * k) % 97}\n`).join("")}`;
/** The same, written by `zstd -19`, with a checksum. */
const PACKED = Buffer.from(
  "KLUv/WSZBrUYAApZMAoOoKU6q+roLtnuBP+rOwqdAJ4AnwBlFZmsiY8t1prDGnGwGp5Vs5G+qsxWxbiqNtXgUlGhOndS50Zq" +
    "3UfN26iFF3VyotpDxVioMgcV6UA1O6eG4zTim9Zs07BrmjhNRZ4p1TJFPKYnh2nZKcVRGuqTUm7SoUsaOUmJHqnlIp06pBIH" +
    "abgzOjNGK7+o2BaNuaIyReWe6NESJTmic4gGniUbm/TVZmvJVYup+ZSWxtFwaDAQE7YkHhMVOUyU6kQcTz6Jlm0SxSvURPkM" +
    "LZGHRIkOErU8p0aJL9w2c1VOYk/MElE5Iip3iOjRKWOIzhe4kV1J0zwhQtTiCNE8hCid2Riz4cvGlqVriidbsmRtjmzSIUt2" +
    "YgNH7HxYkg17dGHlJqw82JgFK3ZgKw/YmfMabrxKfNep7Wp5XYmma+RzHVqulMc11OGKp7VstJ58VsTNSnUU0nBPSGeWkFYe" +
    "IRU7hDTmHOW+o02uIJ0pSAOfICVbgjTpCFKbQ5CWnJifVUbDlNF4MkpLRvOwOGS05LQZkz6yLfCaieQ5Wu7AqBwwGnOKjZXf" +
    "zBbukpjquajlclGi46KRh4sOnZRjqG8ru04mxIdqETkSDxYNO2vGiM9wM7uQJpkHY7Gj8lCJZ3NX3ZT3FC6Thx0oTpkR6TPb" +
    "DK+IqeYlO5NGm69ks7hyokdSGo6UxiGldI4WX8lmcyVNZE/gMgfJAaVHp9z4xWxiV+U084RbJI6pw0ktT6Ix8hvaKK9Q01O2" +
    "nByIB5NSnSJj4he21VwRk+FjtiAdMoeSYpwktXHyK9zyLpq55Q6S5h1IWnhOjh/GJnMhTWaP4RJx1BxGGnYmjiIf1YZ4nUxl" +
    "Dy5Sh+RBpENn5Ej0WW51hVTigJ+oEVAQA5ZQZDKTgiTLAYAZ5gHA69oINoN9BfmhsMKmMcCzihCj3iOSe4r1FZnixBhqwd0r" +
    "xlD/d9J2rSj7Y7LU8CR5ujL2krS6x4r7eKSHpvJf0Oeuckd1yn9NkwyTBDjBHOqsBunwQo1w8fD9y/UXsu3fIY2lqZ8fmsn5" +
    "NhKyAkiRXQXAoHei",
  "base64",
);

/** A frame of one block that is not compressed. */
function rawFrame(text: string): Buffer {
  const content = Buffer.from(text);
  const hash = new Xxh64();
  hash.add(content);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32LE(hash.low());
  const size = Buffer.alloc(4);
  size.writeUInt32LE(content.length);
  const block = Buffer.alloc(3);
  block.writeUIntLE((content.length << 3) | 1, 0, 3);
  return Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xa4]), size, block, content, checksum]);
}

/** A frame that readers pass over. */
function skippable(length: number): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(length);
  return Buffer.concat([Buffer.from([0x53, 0x2a, 0x4d, 0x18]), size, Buffer.alloc(length, 7)]);
}

/** A table of many blocks as the database writes it. */
async function large(): Promise<{ packed: Buffer; text: string }> {
  const folder = tempFolder();
  const database = await openDatabase({ threads: 1 });
  const query = "SELECT range AS a, hash(range) % 100000 AS b FROM range(60000)";
  await database.run(`COPY (${query}) TO '${folder}/t.csv.zst' (FORMAT csv, COMPRESSION zstd)`);
  await database.run(`COPY (${query}) TO '${folder}/t.csv' (FORMAT csv)`);
  database.close();
  return {
    packed: readFileSync(join(folder, "t.csv.zst")),
    text: readFileSync(join(folder, "t.csv"), "utf8"),
  };
}

test("the hash XXH64", () => {
  // Values that the reference implementation gives.
  const known: [string, number][] = [
    ["", 0x51d8e999],
    ["a", 0xa98c6e5b],
    ["abc", 0xad770999],
    ["Nobody inspects the spammish repetition", 0x8a378bf1],
  ];
  for (const [text, low] of known) {
    for (const step of [1, 7, 100]) {
      const hash = new Xxh64();
      for (let at = 0; at < text.length; at += step) hash.add(Buffer.from(text.slice(at, at + step)));
      expect(hash.low(), text).toBe(low);
    }
  }
});

describe("unpackZstd", () => {
  test("unpacks frames one after the other, and passes over those that are not of the text", async () => {
    expect(await unpack(PACKED)).toBe(SMALL);
    const { packed, text } = await large();
    expect(await unpack(packed)).toBe(text);
    const several = [skippable(700_000), PACKED, rawFrame(""), rawFrame("1"), skippable(0), packed];
    expect(await unpack(Buffer.concat(several))).toBe(`${SMALL}1${text}`);
  });

  test("refuses a file that is cut, wherever", async () => {
    for (let length = 5; length < PACKED.length; length += 13) {
      await expect(unpack(PACKED.subarray(0, length)), `${length}`).rejects.toThrow(
        "t.csv.zst is cut: its zstd data breaks off before its end; fetch or compress it again.",
      );
    }
    const { packed } = await large();
    for (const share of [0.1, 0.5, 0.9999]) {
      await expect(unpack(packed.subarray(0, Math.floor(share * packed.length)))).rejects.toThrow("is cut");
    }
    await expect(unpack(Buffer.concat([PACKED, PACKED.subarray(0, -2)]))).rejects.toThrow("is cut");
  });

  test("refuses damage", async () => {
    for (let at = 12; at < PACKED.length; at += 17) {
      const bytes = Buffer.from(PACKED);
      bytes[at] ^= 0x11;
      await expect(unpack(bytes), `${at}`).rejects.toThrow(/^t\.csv\.zst is (damaged|cut)/);
    }
    const raw = rawFrame("some text");
    raw[14] ^= 1;
    await expect(unpack(raw)).rejects.toThrow(
      "t.csv.zst is damaged: its zstd data does not match its checksum",
    );
  });

  test("refuses other bytes behind the data, dictionaries and windows beyond memory", async () => {
    await expect(unpack(Buffer.concat([PACKED, Buffer.from("garbage")]))).rejects.toThrow(
      "holds other bytes behind its zstd data",
    );
    const frame = [0x28, 0xb5, 0x2f, 0xfd];
    await expect(unpack(Buffer.from([...frame, 0x01, 0x50, 0x07, 0, 0, 0]))).rejects.toThrow(
      "was compressed with a dictionary",
    );
    await expect(unpack(Buffer.from([...frame, 0x00, 0xa8, 1, 0, 0]))).rejects.toThrow(
      "t.csv.zst needs 2048 MiB to be unpacked; unpack it, or compress it without --long.",
    );
  });
});

test("a compressed table reads as the table, whatever its ending", async () => {
  const { a, b } = valuesOf(await readText("t.csv", SMALL));
  for (const name of ["t.csv.zst", "t.csv.zstd", "t.csv", "t.gz"]) {
    expect(valuesOf(await readText(name, PACKED)), name).toEqual({ a, b });
  }
  expect(valuesOf(await readText("t.tsv.zst", rawFrame("a\tb\n1\t2\n2\t1\n")))).toEqual({
    a: [1, 2],
    b: [2, 1],
  });
  expect(valuesOf(await readText("t.json.zst", rawFrame('[{"a": 1}, {"a": 2}]')))).toEqual({ a: [1, 2] });
});
