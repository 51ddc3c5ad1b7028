/** Links, markup and dead links of the site, on pages made up for it. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { deadLinks } from "./dead-links.js";
import { targetOf } from "./links.js";
import { strict } from "./markup.js";
import { PAGES } from "./pages.js";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const FILES = "https://github.com/infonet-mi/infonet";

test("a link leads to a page, to the page where a table is dropped, or to a file of the repository", () => {
  for (const href of ["start.md", "meaning.md#limits", "#here", "https://example.com/", "reference/index.md"])
    expect(targetOf(href, "index.md", ROOT), href).toBeUndefined();
  expect(targetOf("../apps/playground#sample=shapes&x=a%20b", "gallery.md", ROOT)).toEqual({
    href: "/playground/#sample=shapes&x=a%20b",
    outside: true,
  });
  expect(targetOf("../SECURITY.md", "start.md", ROOT)?.href).toBe(`${FILES}/blob/main/SECURITY.md`);
  expect(targetOf("../../examples/jobs", "deep/page.md", ROOT)?.href).toBe(
    `${FILES}/tree/main/examples/jobs`,
  );
  expect(() => targetOf("../examples/none.csv", "start.md", ROOT)).toThrow(
    "docs/start.md names ../examples/none.csv, which is not there.",
  );
});

test("every page is in the list of pages, and none that is not there", () => {
  const listed = PAGES.flatMap(({ items }) => items.map(({ link }) => link.slice(1))).filter(
    (link) => !link.endsWith("/"),
  );
  const pages = readdirSync(`${ROOT}docs`).filter((name) => name.endsWith(".md") && name !== "index.md");
  expect(listed.sort()).toEqual(pages.map((name) => name.replace(/\.md$/, "")).sort());
});

test("markup has no scripts and styles of its own, and says the policy", () => {
  const page =
    '<head></head><script id="a">one()</script><script src="/b.js"></script><div style="--vp-vh:0px;">';
  const { html, scripts } = strict(page, "/base/", "default-src 'none'");
  const [[name, text]] = [...scripts];
  expect(text).toBe("one()");
  expect(html).toContain(`<script src="/base/${name}"></script><script src="/b.js"></script><div>`);
  expect(html).toContain(`content="default-src 'none'"`);
  expect(() => strict('<p style="color:red">', "/", "")).toThrow(
    'policy of the site refuses: <p style="color:red">',
  );
});

test("links that lead nowhere are told, to files and to places", () => {
  const folder = `${mkdtempSync(join(tmpdir(), "infonet-site-"))}/`;
  try {
    mkdirSync(`${folder}deep`);
    writeFileSync(
      `${folder}index.html`,
      '<a id="here" href="#here"></a><a href="/deep/"></a><a href="./a.html"></a><a href="/beside/x"></a><a href="#gone"></a>',
    );
    writeFileSync(
      `${folder}deep/index.html`,
      '<a href="../index.html#here"></a><a href="/index.html#there"></a><img src="/none.svg"><a href="https://example.com/x"></a>',
    );
    expect(deadLinks(folder, "/", /^beside\//).sort()).toEqual([
      "deep/index.html: /index.html#there",
      "deep/index.html: /none.svg",
      "index.html: #gone",
      "index.html: ./a.html",
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
