import type { LoadOptions, NetworkOptions } from "infonet";
import { findDestination, mustNotBeInput } from "../output/destination.js";
import { networkCsv, networkGraphml, networkJson, networkText } from "../output/network.js";
import { writeTo } from "../output/write.js";
import { findInput } from "../table/input.js";
import { styleFor } from "../terminal/io.js";
import { count } from "../text/numbers.js";
import { printable } from "../text/printable.js";
import { askedTable, type TableOptions } from "./answers.js";
import { type Context, defaultThreads } from "./context.js";
import { chooseFormat, NETWORK_FORMATS, type NetworkFormat } from "./formats.js";
import { withProgress } from "./vectors.js";
import { withEngine } from "./with-engine.js";

/** Options of `infonet network`. */
export interface NetworkCommandOptions
  extends Required<Pick<NetworkOptions, "units" | "seed">>,
    Pick<NetworkOptions, "fdr">,
    Pick<LoadOptions, "threads">,
    TableOptions {
  format?: NetworkFormat;
  out?: string;
}

/** `infonet network FILE…`: what depends directly on what. */
export async function networkCommand(
  named: readonly string[],
  options: NetworkCommandOptions,
  context: Context,
): Promise<void> {
  const { units, seed, fdr, threads = defaultThreads(), out } = options;
  const format = chooseFormat(options.format, out, NETWORK_FORMATS);
  const destination = out === undefined ? undefined : await findDestination("--out", out);
  if (destination !== undefined) {
    for (const file of (await findInput(named, context)).files) await mustNotBeInput(destination, file);
  }
  const { table, columns } = await askedTable(named, options, undefined, context);
  await withEngine(context, threads, async (engine) => {
    const network = await withProgress(context, (watch) =>
      engine.network(columns, { units, seed, fdr, ...watch }),
    );
    const { io } = context;
    const style = styleFor(destination === undefined ? io : { ...io, outIsTerminal: false });
    const content = {
      text: () => networkText(table.file, network, style),
      json: () => networkJson(table.file, network),
      csv: () => networkCsv(network),
      graphml: () => networkGraphml(network),
    }[format]();
    if (destination === undefined) return io.out(content);
    await writeTo(destination, content);
    io.err(`infonet: ${count(network.edges.length, "link")} written to ${printable(destination.path)}\n`);
  });
}
