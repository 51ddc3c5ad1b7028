/** `infonet mcp`: a server of the Model Context Protocol on standard input and output. */
import { McpServer, type ServerContext } from "@modelcontextprotocol/server";
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import type { Context } from "../commands/context.js";
import type { Engine } from "../engine.js";
import { CliError, oneLine } from "../errors.js";
import { blocks } from "../terminal/content.js";
import { folderOf, tablePath, tablesOf } from "./folder.js";
import { commandLine, TOOLS, type Tool } from "./tools.js";

/** Runs a command line in given surroundings and gives its exit status. */
export type RunCommand = (words: readonly string[], context: Context) => Promise<number>;

interface Answer {
  [key: string]: unknown;
  content: { type: "text"; text: string }[];
  isError?: boolean;
}

const INSTRUCTIONS = `Which columns of a table depend on each other, how strongly, how surely, and is it real.
Answers are mutual information in nats (0: independent; a normal pair of correlation r has -ln(1 - r²) / 2), 90 % intervals and
p-values of independence; qValue allows for the number of pairs. Any shape of dependence counts, not just lines. It is no cause.
A pair that cannot be estimated has an error that says why. Warnings say when to be careful; pass them on. Tables are files in
one folder: ask \`tables\`, then \`columns\`.`;

/** What of reading and writing hints clients may rely on. */
const READS_ONLY = { readOnlyHint: true, idempotentHint: true, openWorldHint: false };

/** Serves the tables of a folder until the client closes standard input, or a signal comes. */
export async function mcpCommand(
  path: string,
  version: string,
  context: Context,
  run: RunCommand,
): Promise<void> {
  const folder = await folderOf(path);
  // Paths are told as the client knows them.
  process.chdir(folder);
  const shared = sharedEngines(context.load);
  const next = oneAtATime();
  const call = (tool: Tool, given: Record<string, unknown>, { mcpReq }: ServerContext) => {
    const signal = AbortSignal.any([context.signal, mcpReq.signal]);
    return next(signal, () => answered(tool, given, { ...context, load: shared.load, signal }, mcpReq));
  };

  /** Runs the command of a tool, and takes what it writes for the answer. */
  async function answered(
    tool: Tool,
    given: Record<string, unknown>,
    surroundings: Context,
    request: ServerContext["mcpReq"],
  ): Promise<Answer> {
    const [out, err] = [[] as Uint8Array[], [] as string[]];
    const token = request._meta?.progressToken;
    const io = {
      outIsTerminal: false,
      errIsTerminal: false,
      columns: 80,
      env: surroundings.io.env,
      out: async (content: Parameters<typeof blocks>[0]) => {
        for await (const block of blocks(content)) out.push(Buffer.from(block));
      },
      err: (text: string) => void err.push(text),
      onProgress: ({ done, total }: { done: number; total: number }) => {
        if (token === undefined) return;
        const params = { progressToken: token, progress: done, total };
        // A client that is gone needs no progress.
        request.notify({ method: "notifications/progress", params }).catch(() => undefined);
      },
    };
    const words = commandLine(tool, await tablePath(folder, String(given.table)), given);
    const status = await run(words, { ...surroundings, io });
    const told = err
      .join("")
      .replaceAll(/^infonet: /gm, "")
      .trim();
    if (status !== 0) return { content: [text(told)], isError: true };
    const notes = told === "" ? [] : [text(told)];
    return { content: [text(Buffer.concat(out).toString("utf8")), ...notes] };
  }

  const handle = serveStdio(() => {
    const server = new McpServer({ name: "infonet", version }, { instructions: INSTRUCTIONS });
    const listing = {
      title: "Which tables there are",
      description: "Lists the tables that can be asked about, by their paths.",
      annotations: READS_ONLY,
    };
    server.registerTool("tables", listing, async () => {
      const { tables, more } = await tablesOf(folder);
      return { content: [text(JSON.stringify(more > 0 ? { tables, more } : { tables }))] };
    });
    for (const tool of TOOLS) {
      const { name, title, description, input } = tool;
      const config = { title, description, inputSchema: input, annotations: READS_ONLY };
      server.registerTool(name, config, async (given, request) =>
        call(tool, given, request).catch((error) => {
          if (!(error instanceof CliError) && !request.mcpReq.signal.aborted) throw error;
          return { content: [text(oneLine(error))], isError: true };
        }),
      );
    }
    return server;
  });
  try {
    await ended(context.signal);
  } finally {
    await handle.close();
    await shared.dispose();
  }
  context.signal.throwIfAborted();
}

const text = (words: string) => ({ type: "text" as const, text: words });

/** Until the client is gone or a signal came. */
function ended(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    process.stdin.once("end", resolve);
    process.stdin.once("close", resolve);
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

/** One call after the other: a table takes memory, and each call takes all cores. */
function oneAtATime() {
  let last: Promise<unknown> = Promise.resolve();
  return <Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result> => {
    const mine = last.then(() => {
      signal.throwIfAborted();
      return work();
    });
    last = mine.catch(() => undefined);
    return mine;
  };
}

/** Models that stay loaded from call to call, one for every number of threads. */
function sharedEngines(load: Context["load"]) {
  const engines = new Map<number, Promise<Engine>>();
  return {
    async load({ threads }: { threads: number }): Promise<Engine> {
      const loading = engines.get(threads) ?? load({ threads });
      engines.set(threads, loading);
      const engine = await loading.catch((error) => {
        engines.delete(threads);
        throw error;
      });
      // A command disposes of its model; this one is for the next, too.
      return new Proxy(engine, {
        get(target, key) {
          if (key === "dispose") return () => undefined;
          const value = Reflect.get(target, key, target);
          return typeof value === "function" ? value.bind(target) : value;
        },
      });
    },
    async dispose(): Promise<void> {
      for (const engine of engines.values())
        await engine.then((each) => each.dispose()).catch(() => undefined);
    },
  };
}
