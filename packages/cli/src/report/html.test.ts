import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HOSTILE } from "../testing/hostile.js";
import { parsePage } from "../testing/page.js";
import { escapeText, Html, html, pageText, scriptJson } from "./html.js";

describe("html", () => {
  test("escapes what is put in, in content and in attributes", () => {
    expect(html`<b title="${'"><img>'}">${"<script>&'"}</b>`.text).toBe(
      '<b title="&quot;&gt;&lt;img&gt;">&lt;script&gt;&amp;&#39;</b>',
    );
  });

  test("keeps markup, joins lists, and leaves out what is not there", () => {
    const parts = ["<", html`<i>${1}</i>`, [html`<u></u>`, "&"], undefined, null, false as const];
    expect(html`<p>${parts}${new Html("<br>")}</p>`.text).toBe("<p>&lt;<i>1</i><u></u>&amp;<br></p>");
    expect(html`${0}${""}`.text).toBe("0");
  });

  test("lets no text end its place, whatever it holds", () => {
    const unit = fc.constantFrom("<", ">", '"', "'", "&", "a", " ", "=", "/", "-", "!", "`", "\u0000", "lt;");
    fc.assert(
      fc.property(fc.string({ unit }), (text) => {
        const shown = text.replaceAll("\u0000", "\ufffd");
        const element = parsePage(html`<b title="${text}">${text}</b>`).querySelector("body");
        expect(element?.querySelectorAll("*")).toHaveLength(1);
        expect(element?.querySelector("b")?.getAttribute("title")).toBe(shown);
        expect(element?.textContent).toBe(shown);
      }),
    );
  });
});

describe("escapeText", () => {
  test("replaces control characters that HTML forbids", () => {
    expect(escapeText("a\u0000b\u001bc\u007fd\u009be\tf\ng")).toBe("a\ufffdb\ufffdc\ufffdd\ufffde\tf\ng");
  });
});

describe("hostile texts", () => {
  test("leave nothing that a page reads otherwise", () => {
    for (const text of HOSTILE) {
      expect(escapeText(text)).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|#39);)/);
      expect(escapeText(text)).not.toMatch(/[^\P{Cc}\t\n\r]/u);
    }
  });

  test("show what cannot be seen", () => {
    expect(pageText("price\u202ecirp \u2028\ufeff\u0000")).toBe("price<U+202E>cirp <U+2028><U+FEFF>\ufffd");
    expect(escapeText("price\u202ecirp")).toBe("price&lt;U+202E&gt;cirp");
  });
});

describe("scriptJson", () => {
  test("cannot end the script it stands in, and means the same", () => {
    const value = { name: "</script><!--\u2028", list: [1, null] };
    const { text } = scriptJson(value);
    expect(text).not.toMatch(/[<\u2028]/);
    expect(JSON.parse(text)).toEqual(value);
  });
});
