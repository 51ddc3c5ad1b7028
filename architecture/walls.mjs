// @ts-check
/** The table of rooms as rules of the linter: lists of what is allowed, all else is refused. */

/** @typedef {import("./rooms.mjs").Package} Package */
/** @typedef {import("./rooms.mjs").Room} Room */

/** The file that is written, beside this one. */
export const WALLS_FILE = "walls.json";

const TESTS = "!**/*.test.ts";

/**
 * What `biome.json` extends: of two overrides that match a file, the later one counts.
 *
 * @param {readonly Package[]} packages
 */
export function walls(packages) {
  return { overrides: packages.flatMap(wallsOf) };
}

/**
 * The text of the file: a rule a line, so that a changed room is a changed line.
 *
 * @param {readonly Package[]} packages
 */
export function wallsText(packages) {
  const rules = walls(packages).overrides.map((rule) => JSON.stringify(rule));
  return `{"overrides":[\n${rules.join(",\n")}\n]}\n`;
}

/** @param {Package} pkg */
function wallsOf({ folder, never, floors }) {
  const outside = never
    ? [override([`${folder}/**`], never, `No file of ${folder} imports ${never.join(", ")}.`)]
    : [];
  const unlisted = override(
    [`${folder}/src/**`, TESTS],
    ["**"],
    "This file lies in no room: enter it in architecture/rooms.mjs, then npm run walls.",
  );
  const rooms = floors.flatMap((floor, at) => {
    const above = floors.slice(0, at).flat();
    return floor.flatMap((room) => wallsAround(folder, room, above));
  });
  return [...outside, unlisted, ...rooms];
}

/**
 * @param {string} folder of the package
 * @param {Room} room
 * @param {readonly Room[]} above
 */
function wallsAround(folder, room, above) {
  const seen = above.filter(({ behind }) => behind === undefined).map((other) => other.room);
  const { imports = [], besides = {} } = room;
  /**
   * @param {string} files
   * @param {number} depth of their folder in the source folder
   * @param {readonly string[]} outside
   */
  const wall = (files, depth, outside) =>
    override(
      [`${folder}/src/${files}`, TESTS],
      allowed(depth, seen, outside),
      `${room.room} of ${folder} may import ${listed(depth > 0, [...seen, ...outside])} (architecture/rooms.mjs).`,
    );
  if (isFile(room.room)) return [wall(room.room, 0, imports)];
  return [
    wall(`${room.room}/*`, 1, imports),
    wall(`${room.room}/*/**`, 2, imports),
    ...Object.entries(besides).map(([files, more]) =>
      wall(`${room.room}/${files}`, 1, [...imports, ...more]),
    ),
  ];
}

/** The room's own files, by the depth of the one that imports them: 0 is a room of one file. */
const OWN_FILES = [[], ["!./**"], ["!./**", "!../**", "../../**"]];

/**
 * The patterns of the linter for files at a depth: everything, then the exceptions, of which the last that matches
 * counts. A path that goes up again after a name is refused: it would pass as its first half.
 *
 * @param {number} depth
 * @param {readonly string[]} seen rooms
 * @param {readonly string[]} outside
 */
function allowed(depth, seen, outside) {
  const top = depth === 0 ? "./" : "../".repeat(depth);
  const own = OWN_FILES[depth];
  const others = seen.map((room) => `!${top}${isFile(room) ? room.replace(/\.ts$/, ".js") : `${room}/**`}`);
  return ["**", ...own, ...others, "./**/../**", "../*/**/../**", ...outside.flatMap(patternsOf)];
}

/**
 * Exceptions for a name from outside the package. A star of the linter ends at a slash.
 *
 * @param {string} name
 */
const patternsOf = (name) => (name === "node:*" ? ["!node:*", "!node:*/**"] : [`!${name}`]);

/**
 * @param {readonly string[]} includes
 * @param {readonly string[]} group
 * @param {string} message
 */
function override(includes, group, message) {
  const options = { patterns: [{ group, message }] };
  return {
    includes,
    linter: { rules: { style: { noRestrictedImports: { level: "error", options } } } },
  };
}

/** @param {string} room */
export const isFile = (room) => room.endsWith(".ts");

/**
 * @param {boolean} own whether the room has files of its own to import
 * @param {readonly string[]} names
 */
const listed = (own, names) => [...(own ? ["its own files"] : []), ...names].join(", ") || "nothing";
