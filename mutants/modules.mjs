/** Loads the library's sources anew for every mutant, as ES modules without processes, bundles or files between. */

import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import vm from "node:vm";
import { transformSync } from "rolldown/utils";
import { enterFile, exported } from "./stand-in.mjs";

/** JavaScript of the sources as they are. */
const compiled = new Map();
/** Modules of packages: these are loaded once. */
const packages = new Map();

function compile(path, text) {
  const { code, errors } = transformSync(path, text, {});
  if (errors.length > 0) throw new Error(errors[0].message);
  return code;
}

function compiledFile(path) {
  let code = compiled.get(path);
  if (code === undefined) {
    code = compile(path, readFileSync(path, "utf8"));
    compiled.set(path, code);
  }
  return code;
}

async function packageModule(specifier) {
  let namespace = packages.get(specifier);
  if (namespace === undefined) {
    namespace = specifier === "vitest" ? exported : await import(specifier);
    packages.set(specifier, namespace);
  }
  const names = Object.keys(namespace);
  return new vm.SyntheticModule(
    names,
    function () {
      for (const name of names) this.setExport(name, namespace[name]);
    },
    { identifier: specifier },
  );
}

/**
 * Loads test files and all that they import, each source once.
 *
 * @param {{ path: string, text: string } | undefined} mutant a source with another text
 * @returns a function that evaluates a test file
 */
export function loader(mutant) {
  const modules = new Map();
  const sourceModule = (path) => {
    let module = modules.get(path);
    if (module === undefined) {
      const code = path === mutant?.path ? compile(path, mutant.text) : compiledFile(path);
      module = new vm.SourceTextModule(code, {
        identifier: path,
        initializeImportMeta: (meta) => {
          meta.url = pathToFileURL(path).href;
        },
      });
      modules.set(path, module);
    }
    return module;
  };
  const link = (specifier, from) => {
    if (!specifier.startsWith(".")) {
      if (!modules.has(specifier)) modules.set(specifier, packageModule(specifier));
      return modules.get(specifier);
    }
    return sourceModule(resolve(dirname(from.identifier), specifier.replace(/\.js$/, ".ts")));
  };
  return async (file) => {
    const module = sourceModule(file);
    await module.link(link);
    enterFile(file.slice(file.lastIndexOf("/") + 1));
    await module.evaluate();
  };
}
