/** Links of the built site that lead nowhere: to no file, or to no place of a page. */
import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";

const LINK = /(?:<a [^>]*?href|<img [^>]*?src|<link [^>]*?href|<script [^>]*?src)="([^"]+)"/g;

/**
 * Every link of the pages of a folder that leads to no file or place in it.
 *
 * @param folder of the site, with a slash behind
 * @param base where it lies on its host, with slashes about
 * @param beside paths that others write, which are not looked at
 */
export function deadLinks(folder: string, base: string, beside: RegExp): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) =>
    name.replaceAll("\\", "/"),
  );
  const known = new Set(files);
  const pages = files.filter((name) => name.endsWith(".html") && !beside.test(name));
  const places = new Map(
    pages.map((name) => {
      const html = readFileSync(`${folder}${name}`, "utf8");
      return [name, { html, ids: new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => text(id))) }];
    }),
  );
  const dead: string[] = [];
  for (const [name, { html }] of places) {
    for (const [, written] of html.matchAll(LINK)) {
      const href = text(written);
      if (/^[a-z]+:/.test(href)) continue;
      const [path, hash] = href.split("#");
      const at = path.startsWith(base) ? path.slice(base.length) : posix.join(posix.dirname(name), path);
      const file = path === "" ? name : at === "" || at.endsWith("/") ? `${at}index.html` : at;
      const decoded = decodeURIComponent(file);
      if (beside.test(decoded)) continue;
      const ids = places.get(decoded)?.ids;
      if (!known.has(decoded) || (hash && ids && !ids.has(decodeURIComponent(hash))))
        dead.push(`${name}: ${href}`);
    }
  }
  return [...new Set(dead)];
}

const text = (attribute: string): string => attribute.replaceAll("&quot;", '"').replaceAll("&amp;", "&");
