import { tableFromArrays, tableToIPC, utf8 } from "@uwdata/flechette";
import { describe, expect, test } from "vitest";
import { columnsOf, readText, reasonsOf } from "../testing/files.js";
import { unpackLz4 } from "./lz4.js";

/** Feather files as pyarrow 25 writes them: `x` 1, 2, 3, null; `y` a, b, a, b; `d` the first days of 2020. */
const FEATHER = {
  lz4: Buffer.from(
    "QVJST1cxAAD/////2AAAABAAAAAAAAoADAAGAAUACAAKAAAAAAEEAAwAAAAIAAgAAAAEAAgAAAAEAAAAAwAAAHAAAAA0AAAA" +
      "BAAAAKz///8AAAEIEAAAABgAAAAEAAAAAAAAAAEAAABkAAYACAAGAAYAAAAAAAAA2P///wAAAQUQAAAAGAAAAAQAAAAAAAAA" +
      "AQAAAHkAAAAEAAQABAAAABAAFAAIAAYABwAMAAAAEAAQAAAAAAABAhAAAAAcAAAABAAAAAAAAAABAAAAeAAAAAgADAAIAAcA" +
      "CAAAAAAAAAFAAAAAAAAAAP////8IAQAAFAAAAAAAAAAMABgABgAFAAgADAAMAAAAAAMEABwAAADAAAAAAAAAAAAAAAAMABwA" +
      "EAAEAAgADAAMAAAAmAAAABwAAAAUAAAABAAAAAAAAAAAAAAABAAEAAQAAAAHAAAAAAAAAAAAAAAYAAAAAAAAABgAAAAAAAAA" +
      "LgAAAAAAAABIAAAAAAAAAAAAAAAAAAAASAAAAAAAAAArAAAAAAAAAHgAAAAAAAAAGwAAAAAAAACYAAAAAAAAAAAAAAAAAAAA" +
      "mAAAAAAAAAAnAAAAAAAAAAAAAAADAAAABAAAAAAAAAABAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAAEAAAAAAAAAAAAAAAAAAAA" +
      "AQAAAAAAAAAEIk0YYECCAQAAgAcAAAAAIAAAAAAAAAAEIk0YYECCFwAAACIBAAEAEgIHACMAAwgAgAAAAAAAAAAAAAAAAAAA" +
      "FAAAAAAAAAAEIk0YYECCFAAAgAAAAAABAAAAAgAAAAMAAAAEAAAAAAAAAAAAAAAABAAAAAAAAAAEIk0YYECCBAAAgGFiYWIA" +
      "AAAAAAAAAAAQAAAAAAAAAAQiTRhgQIIQAACAVkcAAFdHAABYRwAAWUcAAAAAAAAA/////wAAAAAQAAAADAAUAAYACAAMABAA" +
      "DAAAAAAABAA4AAAAKAAAAAQAAAABAAAA6AAAAAAAAAAQAQAAAAAAAMAAAAAAAAAAAAAAAAAAAAAIAAgAAAAEAAgAAAAEAAAA" +
      "AwAAAHAAAAA0AAAABAAAAKz///8AAAEIEAAAABgAAAAEAAAAAAAAAAEAAABkAAYACAAGAAYAAAAAAAAA2P///wAAAQUQAAAA" +
      "GAAAAAQAAAAAAAAAAQAAAHkAAAAEAAQABAAAABAAFAAIAAYABwAMAAAAEAAQAAAAAAABAhAAAAAcAAAABAAAAAAAAAABAAAA" +
      "eAAAAAgADAAIAAcACAAAAAAAAAFAAAAAAAEAAEFSUk9XMQ==",
    "base64",
  ),
  zstd: Buffer.from(
    "QVJST1cxAAD/////2AAAABAAAAAAAAoADAAGAAUACAAKAAAAAAEEAAwAAAAIAAgAAAAEAAgAAAAEAAAAAwAAAHAAAAA0AAAA" +
      "BAAAAKz///8AAAEIEAAAABgAAAAEAAAAAAAAAAEAAABkAAYACAAGAAYAAAAAAAAA2P///wAAAQUQAAAAGAAAAAQAAAAAAAAA" +
      "AQAAAHkAAAAEAAQABAAAABAAFAAIAAYABwAMAAAAEAAQAAAAAAABAhAAAAAcAAAABAAAAAAAAAABAAAAeAAAAAgADAAIAAcA" +
      "CAAAAAAAAAFAAAAAAAAAAP////8QAQAAFAAAAAAAAAAMABgABgAFAAgADAAMAAAAAAMEABwAAACgAAAAAAAAAAAAAAAMAB4A" +
      "EAAEAAgADAAMAAAAoAAAACQAAAAYAAAABAAAAAAAAAAAAAAAAAAGAAgABwAGAAAAAAAAAQcAAAAAAAAAAAAAABIAAAAAAAAA" +
      "GAAAAAAAAAAfAAAAAAAAADgAAAAAAAAAAAAAAAAAAAA4AAAAAAAAACUAAAAAAAAAYAAAAAAAAAAVAAAAAAAAAHgAAAAAAAAA" +
      "AAAAAAAAAAB4AAAAAAAAACEAAAAAAAAAAAAAAAMAAAAEAAAAAAAAAAEAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAQAAAAAAAAA" +
      "AAAAAAAAAAABAAAAAAAAACi1L/0gAQkAAAcAAAAAAAAgAAAAAAAAACi1L/0gIHUAADABAAIAAwADUAIAEg8BABQAAAAAAAAA" +
      "KLUv/SAUoQAAAAAAAAEAAAACAAAAAwAAAAQAAAAAAAAEAAAAAAAAACi1L/0gBCEAAGFiYWIAAAAQAAAAAAAAACi1L/0gEIEA" +
      "AFZHAABXRwAAWEcAAFlHAAAAAAAAAAAA/////wAAAAAQAAAADAAUAAYACAAMABAADAAAAAAABAA4AAAAKAAAAAQAAAABAAAA" +
      "6AAAAAAAAAAYAQAAAAAAAKAAAAAAAAAAAAAAAAAAAAAIAAgAAAAEAAgAAAAEAAAAAwAAAHAAAAA0AAAABAAAAKz///8AAAEI" +
      "EAAAABgAAAAEAAAAAAAAAAEAAABkAAYACAAGAAYAAAAAAAAA2P///wAAAQUQAAAAGAAAAAQAAAAAAAAAAQAAAHkAAAAEAAQA" +
      "BAAAABAAFAAIAAYABwAMAAAAEAAQAAAAAAABAhAAAAAcAAAABAAAAAAAAAABAAAAeAAAAAgADAAIAAcACAAAAAAAAAFAAAAA" +
      "AAEAAEFSUk9XMQ==",
    "base64",
  ),
};

/** A table in memory, as a file or stream. */
function arrow(format: "file" | "stream", rows = 3000): Uint8Array {
  const table = tableFromArrays(
    {
      n: Array.from({ length: rows }, (_, k) => (k % 7 === 3 ? null : k / 4)),
      id: BigInt64Array.from({ length: rows }, (_, k) => 2n ** 53n + BigInt(k)),
      w: Array.from({ length: rows }, (_, k) => ["ä", "b"][k % 2]),
      plain: Array.from({ length: rows }, (_, k) => `text ${k % 3}`),
      yes: Array.from({ length: rows }, (_, k) => k % 3 === 0),
      at: Array.from({ length: rows }, (_, k) => new Date(Date.UTC(2020, 0, 1, 0, 0, k))),
      list: Array.from({ length: rows }, (_, k) => [k]),
    },
    { types: { plain: utf8() } },
  );
  return tableToIPC(table, { format }) as Uint8Array;
}

describe("Arrow", () => {
  test.each(["lz4", "zstd"] as const)("Feather compressed with %s", async (codec) => {
    const table = await readText("t.feather", FEATHER[codec]);
    const { x, y, d } = columnsOf(table);
    expect([...x.values]).toEqual([1, 2, 3, Number.NaN]);
    expect([y.levels, [...y.values]]).toEqual([
      ["a", "b"],
      [0, 1, 0, 1],
    ]);
    expect(d.kind).toBe("date");
    expect([...d.values]).toEqual([1, 2, 3, 4].map((day) => Date.UTC(2020, 0, day) / 1000));
    expect(table.notes).toEqual([]);
  });

  test.each([
    ["file", "t.arrow"],
    ["stream", "t.arrows"],
    ["file", "t.csv"],
  ] as const)("a %s called %s, known by its first bytes", async (format, name) => {
    const table = await readText(name, arrow(format));
    const { n, id, w, plain, yes, at } = columnsOf(table);
    expect(table.rows).toBe(3000);
    const rows = Array.from({ length: 3000 }, (_, k) => k);
    expect([...n.values]).toEqual(rows.map((k) => (k % 7 === 3 ? Number.NaN : k / 4)));
    expect([...id.values]).toEqual(rows);
    expect([w.levels, plain.levels]).toEqual([
      ["b", "ä"],
      ["text 0", "text 1", "text 2"],
    ]);
    expect([...plain.values]).toEqual(rows.map((k) => k % 3));
    expect([yes.kind, ...yes.values.subarray(0, 4)]).toEqual(["boolean", 1, 0, 0, 1]);
    expect([at.kind, at.values[7] - at.values[0]]).toEqual(["date", 7]);
    expect(reasonsOf(table).list).toContain("holds nested values");
  });

  test("categories are the texts of values of any type", async () => {
    const table = await readText("t.feather", FEATHER.lz4, { categorical: ["x"] });
    expect(columnsOf(table).x.levels).toEqual(["1", "2", "3"]);
  });

  test("a file that is cut or damaged is refused", async () => {
    const whole = arrow("file");
    for (const share of [0.2, 0.7, 0.999]) {
      const cut = whole.subarray(0, Math.floor(share * whole.length));
      await expect(readText("t.arrow", cut), `${share}`).rejects.toThrow("is cut: the end of an Arrow file");
    }
    const stream = arrow("stream");
    const part = await readText("t.arrows", stream.subarray(0, -8));
    expect(part.notes.slice(0, 1)).toEqual([
      "this Arrow stream has no mark at its end; if it was cut, rows are missing",
    ]);
    await expect(readText("t.arrows", stream.subarray(0, -500))).rejects.toThrow("cannot be read as Arrow");
    const wrong = Uint8Array.from(FEATHER.lz4);
    wrong.fill(0xee, 350, 420);
    await expect(readText("t.feather", wrong)).rejects.toThrow(
      /t\.feather cannot be read as Arrow|is damaged/,
    );
    await expect(readText("t.feather", "FEA1 and more")).rejects.toThrow("a Feather file of version 1");
  });
});

describe("unpackLz4", () => {
  /** Written by `lz4 -9 -BD --content-size`. */
  const PACKED = Buffer.from(
    "BCJNGGxAHxkAAAAAAADefAgAAC9hYgIA////////////////////mvBzMCw3OTE5LDE2NTUsMTIyMiw2NjIwLDc4NDIsNDg4" +
      "OCw3NzY1LDY0NjYsOTkxLDEzNDcsNzUzNCw5NTQ1LDczODAsMTAzOSw1MjksNTg1MCw2OTk1LDM5NjQsNjc2NCw1Mzg4LDk4" +
      "NDMsMTE1LDYyMjUsODE1OSw1OTE3LDk1MDYsOH8A8Ak0MTU2LDUyMjQsMjExNiw0ODM5LDMzODZ/APAXNCw3OTY2LDM5OTIs" +
      "NTg0OSwzNTMwLDcwNDIsNjM3OCwxNTM4LDKBAPADOTM1MSwxOTkwLDQ2MCw0NzYxxADwDjYsODM1LDI2MTUsMjE5LDM2NTQs" +
      "MjkxMyw4MDAzfwAwNyw1/gAQOH8AwDY2MTcsODM0LDg4MsIAQDEsODTHAAD9AJA5MzQ5LDg1MzGCAGA3LDQzNzT9AIA1LDM1" +
      "MjcsMeUAEDV9AJA1OTYxLDE3NTbDAPAAMiw4MzIsNDExMywzMjE4/gAQNHUAYDQsNTQ5OH0B0DMsNjE1MiwyMTUsMTBGASAz" +
      "NFkBMDMsNEMAMDc5NlUBIDg4YQAQMOgA0DMsOTAzNywxMzY4LDmJABAzFABgMzM0MCw4KABQNDUzLDc7AFA4NzYsOU4AIDQ2" +
      "WAABYQAgNjSeASAwNicBUDEsNTkw/QCxNDcsMTIxMSwyNjAyAPABMiwyODc1LDE3NDksNjQ1NIAAAGIAcDM2LDU1MjBxAKA4" +
      "LDczNjcsNzAzlABAMTcsM2UBsDk3NywzOTUwLDI3KALwFjM3NSw3ODI3LDQxMDMsNjIxMCw0MTQxLDc5MDMsNzQ4OSwyODn9" +
      "AXA0MCwxMjA1KABgMSwyODIxPAAwMiw3RgCQMzk0Niw1OTc2YwCQMCw3NTE1LDcwKgIhMzX8AEAxLDUwLgLwCzI4LDE5NzEs" +
      "NjQ0NSw2NzQzLDI4NjUsNDgxHwIQOX4CcDAzLDU2MzWAAQAsAKE4LDg4OTYsMTYzDwBQLDQ1OTQwAEA1LDg2xABQMzYsNDN6" +
      "AiA2N2AAUDIsODUwdAGwMTgsNjM1Miw5MDEOAwBOARA4RAPAOTYzLDc5MzgsOTcz/wDwCDYwLDgwNyw4NSw1MTk0LDYxMjcs" +
      "Mjg4+wFANzIsMwoAEDgUABA4HgAgNDAoAAAwAIAzMzUzLDY3M0oCUTMxLDk1YACAMiw4NDk5LDG1AiA5M8cB0DUwNCwzNDk0" +
      "LDkzMTULAoAsODQyOSwxN6oAADUBwDgwMSw2NTgwLDMxOPoAAacBAJQBAJ8DIDc4rQEQNokCsDE4MiwyNTc0LDU3BgFQODQ0" +
      "LDlFAFA0MTcsNs8BQDkzMDexAbA4LDE0OTMsMTMyOekDYDYsODQ4N2gAUTIsODk0zgJgOCwyNzEyLQLgNyw5NzkzLDIwNjYs" +
      "MTf7AZAwNSwzODY0LDlUAhA4XAMQMTwBQDE2OCyrAxA3AQEwMzMzLgABpgIA0QEgMzWWABAzMwHwCDUsOTgxLDIzMTgsOTQ4" +
      "NiwyNDcxLDEyggDwFjkzNCw2NDA1LDI3MDAsNDgyNiwyNzc2LDY1NTcsNjE2MiwxNTlbAmA1MSw5OTThAnA1MCwxNTg5fQMQ" +
      "OSgAEDMyAAAxBLAyMCwyNjkzLDYzOVoAEDIYBUA3NywyVAQwOTQ3eQIwMDUsFAIQNRMAYDU3NzcsMfkA0DM4OTAsMTY4Niw1" +
      "MzG/A9E2NCwzOSwxMTQ1LDgwCgRQNiw5NDIqAABABBAwOQBQNDEsMjAYACA3NjYBAMMAUTY3OSw3HQIAHQQwNTc2aAEBWwVQ" +
      "NTgsMTJlAAHkA2A0NDcsOTKfBQDHAzAzNzOVAKE3LDQ3OTgsNTc1LQSRNiw1MTMzLDM18gEQMlAEAJ4B8AI4MjIsNTU2Mywz" +
      "MTI4LDY1MvwBEDQjAGA4LDE2NjOrANA5LDg5Miw5MjUzLDM09QRwNDQwLDkyOA8CYDcsODQzMiIEACoFAAMC8AA2MSw2NjU5" +
      "LDMyODEsNTd2BCAwMeIBkDE5LDgwNTEsM9sC8QE1Mzk0LDI4MDUsNjA0Nyw1FwVwLDcyNCw3Mq4EoDY1Miw3ODUyLDG9BGAx" +
      "NzMxLDeGApA4OTI3LDYyNjFAAQAPAVExNSwzMkoBAEoDABkFQDYzOSxEASA0N0EGARcDMDYsMRcGEDhAAjAxODffAAHCBFA5" +
      "LDYwOUACEDguAbAwOSwyNzU1LDY2M1IGAIACMDg1OK4FAL8BAGMDAJUBIDI0gQHAMDYsNzM5NiwzNzEw8AYA0QIAvQARNsIA" +
      "IDQ4OgIAMQQAPgUwMDc4BAEQMlgC8AAwLDczNTksNzc3Miw0MDCBAAErBRA2tABwOTIsNzIzOaMGMTAsM+oDoDM4LDM2OTUs" +
      "MjPFAgGIBwCeBiAzMz0EAFcFYDMxOTAsNlECIDYzRAMgNjCxBBAymAIAJAMAYQNAMTA1OGUGAEMCAVIBAKoGANMFETG1AyAw" +
      "NScBIDQ5NQKAMyw3MTQsNzWvAyA4OfwGABoCEDdxAEA1Niw5DAIwMTE5GQAgNjd4BRAyJQIwOCw2KwUQN1UBcTQ1ODEsNzJO" +
      "BlE1Nyw5OcEAALcFAMYFIDMyEgMAkQYA0AFgOTcwLDMwlQIB1QERNM0AQDQsMTVSAwCDAzE1NzmRCBAxRgQQNO0BAIoEAOMF" +
      "QDQxLDgTADE5MTUnAEAyLDgyaggQNSQHMDgwLMkFITY02wdAMTksNd4AEDiqATE3NzkbBADNAQCyAjEsMjSRBkAyLDQ2kgEg" +
      "NTQOAkA0LDE3RQMAMQNgMjMxMCwxawQgNjFDBAAWBCEzM+AAEDJHAQD8BiA3NI8GAIEHUDE1OCw0vgEQMW8IMTQ5Od0AAOQE" +
      "8AE4Niw5MjcyLDU2ODIsNzkyIwgBEglwODQsOTYwNAAAAAAAhJTo",
    "base64",
  );

  test("unpacks matches that overlap and long runs of literals", () => {
    const text = `${"ab".repeat(2000)}${Array.from({ length: 500 }, (_, k) => (k * k * 7919) % 10_007).join(",")}`;
    const unpacked = unpackLz4(PACKED, text.length);
    expect(Buffer.from(unpacked).toString()).toBe(text);
  });

  test("refuses what is damaged, cut or of another length", () => {
    expect(() => unpackLz4(PACKED, 100)).toThrow();
    expect(() => unpackLz4(PACKED, 10_000)).toThrow("instead of 10000");
    expect(() => unpackLz4(PACKED.subarray(0, 200), 6431)).toThrow();
    for (let at = 20; at < 120; at++) {
      const wrong = Uint8Array.from(PACKED);
      wrong[at] = 0;
      // Literals may be others; what is written stays within its bounds.
      try {
        unpackLz4(wrong, 6431);
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
      }
    }
  });
});
