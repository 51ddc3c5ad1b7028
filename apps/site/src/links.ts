/** Where the links of a page lead: the pages name files of the repository, as its readers follow them, and the site has some of these. */
import { existsSync, statSync } from "node:fs";
import { posix } from "node:path";

/** What other files and folders of the repository are looked up at. */
export const REPOSITORY = "https://github.com/infonet-mi/infonet";
/** The page where a table is dropped, as a file of the repository and on the site. */
const PAGE = { folder: "apps/playground", address: "/playground/" };

export interface Target {
  href: string;
  /** Whether it lies beside the pages, where their router does not reach. */
  outside: boolean;
}

/**
 * Where a link of a page leads.
 *
 * @param href as the page has it
 * @param page its path below docs
 * @param root of the repository, with a slash behind
 * @returns nothing where the link leads to another page or another host
 * @throws if there is no such file in the repository
 */
export function targetOf(href: string, page: string, root: string): Target | undefined {
  if (/^([a-z]+:|#|\/)/.test(href)) return undefined;
  const [path, hash] = href.split("#");
  const file = posix.join("docs", posix.dirname(page), decodeURIComponent(path));
  if (file.startsWith("docs/")) return undefined;
  const behind = hash === undefined ? "" : `#${hash}`;
  if (file.replace(/\/$/, "") === PAGE.folder) return { href: `${PAGE.address}${behind}`, outside: true };
  if (!existsSync(`${root}${file}`)) throw new Error(`docs/${page} names ${href}, which is not there.`);
  const kind = statSync(`${root}${file}`).isDirectory() ? "tree" : "blob";
  return { href: `${REPOSITORY}/${kind}/main/${file}${behind}`, outside: true };
}
