/** Brotli, most of which is its dictionary: apart, as few files have it. */
export { decompressBrotli } from "hyparquet-compressors";
