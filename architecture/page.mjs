// @ts-check
/** The tables of rooms in docs/architecture.md, written from the one table. */

/** Where they stand. */
export const PAGE = "../docs/architecture.md";

const BEGIN = "<!-- rooms: written by `npm run walls` -->";
const END = "<!-- end of rooms -->";

/**
 * The page with its tables anew.
 *
 * @param {string} page
 * @param {readonly import("./rooms.mjs").Package[]} packages
 */
export function pageText(page, packages) {
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (after === undefined) throw new Error(`docs/architecture.md has no lines ${BEGIN} and ${END}`);
  return `${before}${BEGIN}\n\n${packages.map(tableOf).join("\n\n")}\n\n${END}${after}`;
}

/** @param {import("./rooms.mjs").Package} pack */
function tableOf({ folder, holds, floors }) {
  const rows = floors.flatMap((floor, number) =>
    floor.map(({ room, holds }) => [String(number + 1), `[\`${room}\`](../${folder}/src/${room})`, holds]),
  );
  return `### ${folder}: ${holds}\n\n${markdown(["floor", "room", "holds"], rows)}`;
}

/**
 * A table with columns of even width, as the formatter leaves it.
 *
 * @param {string[]} head
 * @param {string[][]} rows
 */
function markdown(head, rows) {
  const widths = head.map((name, k) => Math.max(...[head, ...rows].map((row) => row[k].length), name.length));
  const line = (/** @type {string[]} */ cells) =>
    `| ${cells.map((cell, k) => cell.padEnd(widths[k])).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}
