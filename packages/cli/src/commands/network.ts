import type { LoadOptions, NetworkOptions } from "infonet";
import { networkCsv, networkJson, networkText } from "../output/network.js";
import { networkCytoscape, networkGexf, networkGraphml } from "../output/network-graph.js";
import { findInput } from "../table/input.js";
import { styleFor } from "../terminal/io.js";
import { count } from "../text/numbers.js";
import { askedTable, type TableOptions } from "./answers.js";
import { type Context, defaultThreads } from "./context.js";
import { chooseFormat, NETWORK_FORMATS, type NetworkFormat } from "./formats.js";
import { deliverReport, deliverTo, findPlaces } from "./outputs.js";
import { withProgress } from "./vectors.js";
import { withEngine } from "./with-engine.js";

/** Options of `infonet network`. */
export interface NetworkCommandOptions
  extends Required<Pick<NetworkOptions, "units" | "seed">>,
    Pick<NetworkOptions, "fdr" | "method">,
    Pick<LoadOptions, "threads">,
    TableOptions {
  format?: NetworkFormat;
  out?: string;
  svg?: string;
  report?: string;
}

/** `infonet network FILE…`: what depends directly on what. */
export async function networkCommand(
  named: readonly string[],
  options: NetworkCommandOptions,
  context: Context,
): Promise<void> {
  const { units, seed, fdr, method, threads = defaultThreads(), out, svg, report } = options;
  const format = chooseFormat(options.format, out, NETWORK_FORMATS);
  const input = await findInput(named, context);
  const places = await findPlaces({ out, svg, report }, input.files, context.io);
  const { table, columns } = await askedTable(input, options, undefined, context);
  await withEngine(context, threads, async (engine) => {
    const network = await withProgress(context, (watch) =>
      engine.network(columns, { units, seed, fdr, method, ...watch }),
    );
    const { io } = context;
    const style = styleFor(places.out === undefined ? io : { ...io, outIsTerminal: false });
    const content = {
      text: () => networkText(table.file, network, style),
      json: () => networkJson(table.file, network),
      csv: () => networkCsv(network),
      graphml: () => networkGraphml(network),
      gexf: () => networkGexf(network),
      cyjs: () => networkCytoscape(table.file, network),
    }[format]();
    await deliverTo(places.out, content, count(network.edges.length, "link"), context);
    if (places.svg !== undefined) {
      const { networkPicture } = await import("../report/network-picture.js");
      await deliverTo(places.svg, networkPicture(table.file, network), "picture", context);
    }
    const page = async () => (await import("../report/network.js")).networkReport(table, network);
    await deliverReport(places.report, page, context);
  });
}
