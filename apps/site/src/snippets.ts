/** The code that stands in pages of Markdown, so that tests can run it. */
import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";

/** A fenced block of a page. */
export interface Snippet {
  /** From the root of the repository. */
  page: string;
  /** Line of its fence, from 1. */
  line: number;
  /** What its fence says: `sh`, `ts`, `text`. */
  language: string;
  code: string;
}

/** The fenced blocks of a page, in order. */
export function snippetsOf(page: string, text: string): Snippet[] {
  const found: Snippet[] = [];
  let open: (Snippet & { lines: string[] }) | undefined;
  for (const [k, line] of text.split("\n").entries()) {
    const fence = line.match(/^```(\w*)$/);
    if (!fence) open?.lines.push(line);
    else if (open) {
      found.push({ page, line: open.line, language: open.language, code: `${open.lines.join("\n")}\n` });
      open = undefined;
    } else open = { page, line: k + 1, language: fence[1], code: "", lines: [] };
  }
  return found;
}

/** Pages that are made of results, of which no line is to be run. */
const MADE = "docs/benchmarks.md";

/**
 * All blocks of the pages that people read: the README files and docs.
 *
 * @param root of the repository, with a slash behind
 */
export function allSnippets(root: string): Snippet[] {
  const inFolder = (folder: string) =>
    readdirSync(`${root}${folder}`)
      .filter((name) => name.endsWith(".md"))
      .map((name) => posix.join(folder, name));
  const packages = readdirSync(`${root}packages`).map((name) => `packages/${name}/README.md`);
  return ["README.md", "CONTRIBUTING.md", "apps/playground/README.md", ...inFolder("docs"), ...packages]
    .filter((page) => page !== MADE)
    .flatMap((page) => snippetsOf(page, readFileSync(`${root}${page}`, "utf8")));
}

/**
 * The commands of a block of shell, one a list of words: without comments, variables before and redirections behind.
 * Knows what the pages use: quotes, `&&`, `;` and pipes.
 */
export function commandsOf(code: string): string[][] {
  const commands: string[][] = [];
  for (const line of code.replaceAll("\\\n", " ").split("\n")) {
    let words: string[] = [];
    const end = (): void => {
      while (/^\w+=/.test(words[0] ?? "")) words.shift();
      if (words.length > 0) commands.push(words);
      words = [];
    };
    for (const [, comment, separator, redirection, word] of line.matchAll(
      /(?<=^|\s)(#.*)|(&&|;|\|)|((?:\d?>|<)\s*\S+)|((?:"[^"]*"|'[^']*'|\$\([^)]*\)|[^\s;|&<>"'])+)/g,
    )) {
      if (comment !== undefined) break;
      if (separator !== undefined) end();
      else if (redirection === undefined) words.push(word.replaceAll(/"([^"]*)"|'([^']*)'/g, "$1$2"));
    }
    end();
  }
  return commands;
}
