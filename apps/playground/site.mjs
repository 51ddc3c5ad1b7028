// @ts-check
/** Writes what lies around the page: the site's first page, and the headers that a host sends with every file. */
import { mkdir, writeFile } from "node:fs/promises";
import { POLICY } from "./policy.mjs";

const SITE = new URL("../../site/", import.meta.url);
const DOCS = "https://github.com/infonet-mi/infonet/blob/main/docs/";

const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>infonet</title>
<link rel="icon" href="./playground/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="./index.css">
<main>
<h1>infonet</h1>
<p>Which columns of a table depend on each other, how strongly, and whether it is more than chance: in your browser, on the command
line, in your program.</p>
<ul>
<li><a href="./playground/">Drop a table</a>: everything stays in your browser</li>
<li><a href="https://github.com/infonet-mi/infonet#readme">Command and library</a></li>
<li><a href="${DOCS}columns.md">Columns</a>, <a href="${DOCS}evidence.md">evidence</a>, <a href="${DOCS}benchmarks.md">benchmarks</a></li>
</ul>
</main>
</html>
`;

const style = `:root{color-scheme:light dark}
body{margin:0;font:17px/1.55 ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif;background:Canvas;color:CanvasText}
main{max-width:640px;margin:12vh auto;padding:0 24px}
h1{font:600 40px/1.2 Georgia,serif;margin:0}
li{margin:8px 0}
`;

/** As static hosts such as Netlify and Cloudflare Pages read it. Workers heed it, whom the policy in the page does not reach. */
const headers = `/*
  Content-Security-Policy: ${POLICY}
  X-Content-Type-Options: nosniff
  Referrer-Policy: no-referrer
/playground/assets/*
  Cache-Control: public, max-age=31536000, immutable
`;

await mkdir(SITE, { recursive: true });
await writeFile(new URL("index.html", SITE), page);
await writeFile(new URL("index.css", SITE), style);
await writeFile(new URL("_headers", SITE), headers);
