/** Markup that a content security policy lets pass: no script and no style stands in it. */
import { createHash } from "node:crypto";

/** Styles of the theme: the first is set again as soon as the height of the window is known, the second stands in the site's own sheet, and some are empty. */
const DISPENSABLE = / style="(--vp-vh:0px|position:relative)?;?"/g;

export interface Strict {
  html: string;
  /** Scripts that stood in the page, by the names of the files that they become. */
  scripts: Map<string, string>;
}

/**
 * A page without scripts and styles of its own.
 *
 * @param base where the site lies, with a slash behind
 * @param policy goes into the page, for hosts that send none
 * @throws if the page has a style that is not known to do without
 */
export function strict(html: string, base: string, policy: string): Strict {
  const scripts = new Map<string, string>();
  const without = html
    .replace(/<script( id="[\w-]+")?>([^<]+)<\/script>/g, (_, _id, text: string) => {
      const name = `assets/inline.${createHash("sha256").update(text).digest("hex").slice(0, 8)}.js`;
      scripts.set(name, text);
      return `<script src="${base}${name}"></script>`;
    })
    .replaceAll(DISPENSABLE, "");
  const style = without.match(/<[^>]* style="[^>]*>/);
  if (style) throw new Error(`A style that the policy of the site refuses: ${style[0]}`);
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
  return { html: without.replace("<head>", `<head>\n    ${meta}`), scripts };
}
