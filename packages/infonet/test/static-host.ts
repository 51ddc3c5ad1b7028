/** A server of files, as any static host is one. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";

const TYPES: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".json": "application/json",
  ".wasm": "application/wasm",
};

/** A page by its address. */
export interface Page {
  html: string;
  /** Its content security policy, if it has one. */
  policy?: string;
}

export interface StaticHost {
  origin: string;
  close(): Promise<void>;
}

/**
 * Serves pages, and files below folders.
 *
 * @param folders beginnings of addresses, which end with a slash, and what lies there; the first that fits counts
 */
export async function serve(
  pages: Readonly<Record<string, Page>>,
  folders: ReadonlyArray<readonly [string, string]>,
): Promise<StaticHost> {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const page = pages[path];
    const [prefix, folder] = folders.find(([start]) => path.startsWith(start)) ?? ["", undefined];
    const file = folder === undefined ? undefined : join(folder, normalize(path.slice(prefix.length)));
    const content = page?.html ?? (file && (await readFile(file).catch(() => undefined)));
    const type = page ? "text/html" : (TYPES[extname(file ?? "")] ?? "application/octet-stream");
    const policy = page?.policy === undefined ? {} : { "content-security-policy": page.policy };
    response.writeHead(content === undefined ? 404 : 200, { "content-type": type, ...policy });
    response.end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
