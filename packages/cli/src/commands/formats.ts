import { basename } from "node:path";
import { UsageError } from "../errors.js";

/** Formats of a single result. */
export const RESULT_FORMATS = ["text", "json"] as const;
/** One of {@link RESULT_FORMATS}. */
export type ResultFormat = (typeof RESULT_FORMATS)[number];

/** Formats of a matrix. */
export const MATRIX_FORMATS = [...RESULT_FORMATS, "csv", "parquet"] as const;
/** One of {@link MATRIX_FORMATS}. */
export type MatrixFormat = (typeof MATRIX_FORMATS)[number];

/** Formats of what differs between groups. */
export const DIFFERENCES_FORMATS = [...RESULT_FORMATS, "csv"] as const;
/** One of {@link DIFFERENCES_FORMATS}. */
export type DifferencesFormat = (typeof DIFFERENCES_FORMATS)[number];

/** Formats of a network. */
export const NETWORK_FORMATS = [...RESULT_FORMATS, "csv", "graphml", "gexf", "cyjs"] as const;
/** One of {@link NETWORK_FORMATS}. */
export type NetworkFormat = (typeof NETWORK_FORMATS)[number];

/** Formats by the endings of their files. */
const ENDINGS: Readonly<Record<string, MatrixFormat | NetworkFormat>> = {
  txt: "text",
  text: "text",
  json: "json",
  csv: "csv",
  parquet: "parquet",
  pq: "parquet",
  graphml: "graphml",
  gexf: "gexf",
  cyjs: "cyjs",
};
const COMPRESSED = ["gz", "tgz", "bz2", "xz", "zst", "zip", "br", "lz4"];

/**
 * The format asked for, else the one of several that the ending of `--out` names, in upper or lower case; text where there is
 * no ending.
 *
 * @throws UsageError for an ending that names none: a spreadsheet or archive with text in it helps nobody
 */
export function chooseFormat<Format extends MatrixFormat | NetworkFormat>(
  format: Format | undefined,
  out: string | undefined,
  formats: readonly Format[],
): Format {
  if (format) return format;
  const ending = endingOf(out) ?? "txt";
  const found = formats.find((known) => Object.hasOwn(ENDINGS, ending) && ENDINGS[ending] === known);
  if (found !== undefined) return found;
  if (COMPRESSED.includes(ending)) {
    throw new UsageError(
      `--out ${out}: results are written as they are; leave out .${ending} and compress later.`,
    );
  }
  throw new UsageError(
    `--out ${out}: no format has the ending .${ending}; end the name in ${endingsOf(formats)}, or name a --format.`,
  );
}

/** `.txt, .json, .csv or .parquet` */
function endingsOf(formats: readonly string[]): string {
  const endings = formats.map((format) => (format === "text" ? ".txt" : `.${format}`));
  return `${endings.slice(0, -1).join(", ")} or ${endings.at(-1)}`;
}

/**
 * Checks that a report is named as one.
 *
 * @throws UsageError for the ending of something else
 */
export function checkReportName(report: string): void {
  const ending = endingOf(report);
  if (ending === undefined || ending === "html" || ending === "htm") return;
  throw new UsageError(`--report ${report}: a report is a page; end its name in .html.`);
}

/**
 * Checks that a picture of lines is named as one.
 *
 * @throws UsageError for another ending, or none
 */
export function checkPictureName(svg: string): void {
  if (endingOf(svg) !== "svg")
    throw new UsageError(`--svg ${svg}: a picture of lines; end its name in .svg.`);
}

/** What follows the last dot of the name, in lower case. */
function endingOf(path: string | undefined): string | undefined {
  return path === undefined ? undefined : /\.([^.]*)$/.exec(basename(path))?.[1].toLowerCase();
}
