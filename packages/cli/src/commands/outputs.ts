/** Where results of commands go: looked at before any work, written once it is done. */
import { interruption, UsageError } from "../errors.js";
import {
  type Destination,
  findDestination,
  identity,
  mustNotBeInput,
  sameDestination,
} from "../output/destination.js";
import { writeTo } from "../output/write.js";
import type { Content } from "../terminal/content.js";
import type { Io } from "../terminal/io.js";
import { printable } from "../text/printable.js";
import type { Context } from "./context.js";
import {
  checkPictureName,
  checkReportName,
  chooseFormat,
  MATRIX_FORMATS,
  type MatrixFormat,
} from "./formats.js";

/** Files that commands write, by the options that name them. */
export interface OutputFiles {
  /** The result itself, which goes to stdout without it. */
  out?: string;
  report?: string;
  svg?: string;
}

/** Where they are. */
export type Places = { [Name in keyof OutputFiles]?: Destination };

/** Where a matrix or another result that has its formats goes. */
export interface Outputs extends Places {
  format: MatrixFormat;
}

/**
 * Finds the places of files.
 *
 * @param inputs files that must stay as they are
 * @throws UsageError, CliError for what could not be written, is one of the inputs, or would be written over another result
 */
export async function findPlaces(
  { out, report, svg }: OutputFiles,
  inputs: readonly string[],
  { outFile }: Pick<Io, "outFile">,
): Promise<Places> {
  if (report !== undefined) checkReportName(report);
  if (svg !== undefined) checkPictureName(svg);
  const find = async (option: string, path: string | undefined): Promise<Destination | undefined> => {
    if (path === undefined) return undefined;
    const destination = await findDestination(option, path);
    for (const input of inputs) await mustNotBeInput(destination, input);
    return destination;
  };
  const places: Places = {
    out: await find("--out", out),
    svg: await find("--svg", svg),
    report: await find("--report", report),
  };
  const stdout = out === undefined && outFile !== undefined ? identity(outFile) : undefined;
  mustDiffer(
    [places.out, places.svg, places.report].filter((place) => place !== undefined),
    stdout,
  );
  return places;
}

/** @throws UsageError for two results that would be written to one place */
function mustDiffer(places: readonly Destination[], stdout: readonly string[] | undefined): void {
  for (const [k, b] of places.entries()) {
    if (stdout !== undefined && sameDestination({ identities: stdout }, b)) {
      throw new UsageError(`${b.option} ${b.path} is where stdout goes; choose another file.`);
    }
    const a = places.slice(0, k).find((other) => sameDestination(other, b));
    if (a === undefined) continue;
    throw new UsageError(
      a.path === b.path
        ? `${a.option} and ${b.option} both name ${a.path}; choose two files.`
        : `${a.option} ${a.path} and ${b.option} ${b.path} are one file; choose two.`,
    );
  }
}

/**
 * Where a result goes that has the formats of a matrix.
 *
 * @param inputs files that must stay as they are
 * @throws UsageError, CliError before any work for what could not be written
 */
export async function checkOutputs(
  { format: asked, ...files }: OutputFiles & { format?: MatrixFormat },
  inputs: readonly string[],
  io: Io,
): Promise<Outputs> {
  const format = chooseFormat(asked, files.out, MATRIX_FORMATS);
  if (format === "parquet" && files.out === undefined && io.outIsTerminal) {
    throw new UsageError("--format parquet is binary; name a file with --out, or send stdout to one.");
  }
  return { format, ...(await findPlaces(files, inputs, io)) };
}

/**
 * Makes a report and writes it, where one is asked for.
 *
 * @throws CliError after Ctrl-C
 */
export async function deliverReport(
  destination: Destination | undefined,
  make: () => Promise<string>,
  context: Pick<Context, "io" | "signal">,
): Promise<void> {
  if (destination === undefined) return;
  const page = await make().catch((error) => {
    if (!context.signal.aborted) throw error;
    throw interruption(
      context.signal,
      "interrupted while making the report; the result is whole, the report was not written.",
    );
  });
  await deliverTo(destination, page, "report", context);
}

/** Writes a result to its file, or to stdout where there is none. */
export async function deliverTo(
  destination: Destination | undefined,
  content: Content,
  what: string,
  { io }: Pick<Context, "io">,
): Promise<void> {
  if (destination === undefined) return io.out(content);
  await writeTo(destination, content);
  io.err(`infonet: ${what} written to ${printable(destination.path)}\n`);
}
