import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { transformerStyleToClass } from "@shikijs/transformers";
import type { MarkdownRenderer } from "vitepress";
import { defineConfig } from "vitepress";
import { headers, POLICY } from "../policy.mjs";
import { deadLinks } from "../src/dead-links.js";
import { REPOSITORY, targetOf } from "../src/links.js";
import { strict } from "../src/markup.js";
import { FIRST_PAGE, PAGES } from "../src/pages.js";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const ROOT = at("../../../");
const SITE = `${ROOT}site/`;
/** Where the site lies on its host. */
const BASE = process.env.INFONET_SITE_BASE ?? "/";
/** Written by the page where a table is dropped, apps/playground. */
const BESIDE = /^playground\//;
/** What colours the code. */
const CODE_STYLE = "code.css";
const codeStyle = transformerStyleToClass();

function write(name: string, text: string): void {
  mkdirSync(dirname(`${SITE}${name}`), { recursive: true });
  writeFileSync(`${SITE}${name}`, text);
}

/** Links by the repository's paths, and columns of tables by classes. */
function asOnTheSite(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push("as-on-the-site", ({ tokens, env }) => {
    for (const token of tokens.flatMap((block) => [block, ...(block.children ?? [])])) {
      const href = token.type === "link_open" ? token.attrGet("href") : null;
      const target = href === null ? undefined : targetOf(href, env.relativePath, ROOT);
      if (target) {
        token.attrSet("href", target.href);
        if (target.outside) token.attrSet("target", "_self");
      }
      const align = token.attrGet("style")?.match(/^text-align:(\w+)$/)?.[1];
      if (align) {
        token.attrs = (token.attrs ?? []).filter(([name]) => name !== "style");
        token.attrJoin("class", `align-${align}`);
      }
    }
  });
}

export default defineConfig({
  title: "infonet",
  description:
    "Which columns of a table depend on each other, how strongly, how surely, and is it real? Mutual information by one forward pass of a pretrained network.",
  lang: "en",
  base: BASE,
  srcDir: "../../docs",
  outDir: SITE,
  // The page beside it is not ours to remove.
  vite: {
    build: { emptyOutDir: false, assetsInlineLimit: 0, chunkSizeWarningLimit: 1000 },
    logLevel: "warn",
  },
  metaChunk: true,
  // It would put a style into the page, which the policy refuses.
  appearance: { disableTransition: false },
  ignoreDeadLinks: [/^\/playground\//],
  head: [
    ["link", { rel: "icon", href: `${BASE}playground/icon.svg`, type: "image/svg+xml" }],
    ["link", { rel: "stylesheet", href: `${BASE}${CODE_STYLE}` }],
    ["meta", { name: "referrer", content: "no-referrer" }],
  ],
  markdown: {
    theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
    codeTransformers: [codeStyle],
    config: asOnTheSite,
  },
  themeConfig: {
    nav: [
      { text: "Start", link: "/start" },
      { text: "Gallery", link: "/gallery" },
      { text: "Reference", link: "/reference/" },
      { text: "Drop a table", link: "/playground/", target: "_self", noIcon: true },
    ],
    sidebar: PAGES,
    outline: [2, 3],
    search: { provider: "local" },
    socialLinks: [{ icon: "github", link: REPOSITORY }],
    docFooter: { prev: "Before", next: "Next" },
  },
  transformPageData(page) {
    if (page.relativePath === "index.md") return { frontmatter: FIRST_PAGE };
  },
  transformHtml(html) {
    const { html: safe, scripts } = strict(html, BASE, POLICY);
    for (const [name, text] of scripts) write(name, text);
    return safe;
  },
  buildEnd() {
    write(CODE_STYLE, codeStyle.getCSS());
    write("_headers", headers);
    const dead = deadLinks(SITE, BASE, BESIDE);
    if (dead.length > 0)
      throw new Error(`${dead.length} links lead nowhere:\n${dead.slice(0, 50).join("\n")}`);
  },
});
