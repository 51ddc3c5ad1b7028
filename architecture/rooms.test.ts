import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { pageText } from "./page.mjs";
import { packages } from "./rooms.mjs";
import { isTest, ROOT, type Source, sources } from "./sources.js";
import { isFile, WALLS_FILE, wallsText } from "./walls.mjs";

const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");

describe("the table of rooms", () => {
  test("has every package of the workspace", () => {
    const { workspaces } = JSON.parse(read("package.json")) as { workspaces: string[] };
    expect(packages.map(({ folder }) => folder).sort()).toEqual([...workspaces].sort());
  });

  test.each(packages)(
    "names every room of $folder once, and none that is not there",
    ({ folder, floors }) => {
      const entries = readdirSync(join(ROOT, folder, "src"), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() || (isFile(entry.name) && !isTest(entry.name)))
        .map(({ name }) => name);
      const rooms = floors.flat().map(({ room }) => room);
      expect(rooms.toSorted()).toEqual(entries.sort());
    },
  );

  test("lets nothing in but names of packages, of Node's modules, of what differs between platforms, and of the model", () => {
    for (const { room, imports = [], besides = {} } of packages.flatMap(({ floors }) => floors.flat()))
      for (const name of [imports, Object.values(besides)].flat(2))
        expect(name, room).toMatch(
          /^(node:(\*|[a-z_/]+)|#platform|\.\.\/\.\.\/model\/[a-z]+\.json|(@[a-z-]+\/)?[a-z][a-z0-9-]+(\/[a-z]+)*(\/\*\*)?)$/,
        );
  });

  test("is what the linter's rules were written from: npm run walls", () => {
    expect(read(`architecture/${WALLS_FILE}`)).toBe(wallsText(packages));
    expect(JSON.parse(read("biome.json")).extends).toEqual([`./architecture/${WALLS_FILE}`]);
  });

  test("is what the tables of docs/architecture.md were written from: npm run walls", () => {
    const page = read("docs/architecture.md");
    expect(pageText(page, packages)).toBe(page);
  });

  test("and every file that docs/architecture.md names is there", () => {
    const page = read("docs/architecture.md");
    const linked = [...page.matchAll(/\]\(\.\.\/([^)#]+)\)/g)].map(([, path]) => path);
    expect(linked.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});

/** `import("./x.js").T` in a type and `require("./x.js")`, which the linter's rules on imports do not see. */
function unseenImports({ path, text }: Source): string[] {
  if (!/\b(import|require)\s*\(/.test(text)) return [];
  const found: string[] = [];
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
  const visit = (node: ts.Node): void => {
    const required =
      ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === "require";
    if (ts.isImportTypeNode(node) || required) found.push(`${path}: ${node.getText(file)}`);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

describe("the sources", () => {
  test("import in no way that the linter does not see", () => {
    expect(unseenImports({ path: "a.ts", text: 'export type A = typeof import("./b.js");' })).toHaveLength(1);
    expect(unseenImports({ path: "a.ts", text: 'const { b } = require("./b.js");' })).toHaveLength(1);
    expect(unseenImports({ path: "a.ts", text: 'const { b } = await import("./b.js");' })).toEqual([]);
    expect(sources().flatMap(unseenImports)).toEqual([]);
  });

  const MOST_LINES = 400;

  test(`have at most ${MOST_LINES} lines a file, tests apart`, () => {
    const longer = sources()
      .filter(({ path, text }) => !isTest(path) && text.trimEnd().split("\n").length > MOST_LINES)
      .map(({ path }) => path);
    expect(longer).toEqual([]);
  });
});
