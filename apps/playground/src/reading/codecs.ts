/** Codecs of Parquet but for Brotli's. Loaded where a file has them. */
import type { Compressors } from "hyparquet";
import { decompressGzip, decompressLz4, decompressLz4Raw, decompressZstd } from "hyparquet-compressors";

export const CODECS: Compressors = {
  GZIP: decompressGzip,
  LZ4: decompressLz4,
  LZ4_RAW: decompressLz4Raw,
  ZSTD: (input) => decompressZstd(input),
};
