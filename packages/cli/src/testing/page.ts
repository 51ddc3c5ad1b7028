import { parseHTML } from "linkedom";

/** What tests use of an element; the compiler runs without the browser's types. */
export interface Element {
  tagName: string;
  id: string;
  textContent: string;
  parentElement: Element | null;
  attributes: Iterable<{ name: string; value: string }>;
  getAttribute(name: string): string | null;
  querySelector(selector: string): Element | null;
  querySelectorAll(selector: string): Iterable<Element>;
}

/** Parses a page, or a part of one. */
export function parsePage(markup: { toString(): string }): Element {
  const text = String(markup);
  const page = text.startsWith("<!doctype") ? text : `<!doctype html><html><body>${text}</body></html>`;
  return (parseHTML(page) as unknown as { document: { documentElement: Element } }).document.documentElement;
}

/** All elements that match. */
export function all(root: Element, selector: string): Element[] {
  return [...root.querySelectorAll(selector)];
}

/** The texts of all elements that match, with blanks drawn together. */
export function texts(root: Element, selector: string): string[] {
  return all(root, selector).map((element) => drawnTogether(element.textContent));
}

/** A text with blanks drawn together, as {@link texts} gives it. */
export function drawnTogether(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
