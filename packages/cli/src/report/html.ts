import { showUnseen } from "../text/printable.js";

/** Markup that is safe to put into a page as it is. */
export class Html {
  constructor(readonly text: string) {}
  toString(): string {
    return this.text;
  }
}

/** What may stand in a template: text is escaped, markup is not, lists are joined, nothing is left out. */
export type Part = string | number | Html | undefined | null | false | readonly Part[];

/**
 * Builds markup. Every text that is put in is escaped, in content and in (double-quoted) attributes, so that
 * a column called `<script>` stays a name.
 */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  let text = strings[0];
  for (const [index, part] of parts.entries()) text += render(part) + strings[index + 1];
  return new Html(text);
}

function render(part: Part): string {
  if (part === undefined || part === null || part === false) return "";
  if (part instanceof Html) return part.text;
  if (Array.isArray(part)) return part.map(render).join("");
  return escapeText(String(part));
}

/**
 * A text as a page can hold it: control characters that HTML forbids become replacement characters, and what cannot be
 * seen is shown, as on a terminal.
 */
export function pageText(text: string): string {
  return showUnseen(text.replace(/[^\P{Cc}\t\n\r]/gu, "\ufffd"));
}

/** {@link pageText} as it must stand in HTML and SVG. */
export function escapeText(text: string): string {
  return pageText(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/** JSON for a `<script type="application/json">`: no `<` that could end the element. */
export function scriptJson(value: unknown): Html {
  return new Html(JSON.stringify(value).replaceAll("<", "\\u003c").replaceAll("\u2028", "\\u2028"));
}
