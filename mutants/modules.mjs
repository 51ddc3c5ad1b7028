/** Loads the library's sources anew for every mutant, as ES modules without processes, bundles or files between. */

import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import vm from "node:vm";
import ts from "typescript";
import { enterFile, exported } from "./stand-in.mjs";

const compilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  verbatimModuleSyntax: true,
};

/** JavaScript of the sources as they are. */
const compiled = new Map();
/** Modules of packages: these are loaded once. */
const packages = new Map();

const compile = (text) => ts.transpileModule(text, { compilerOptions }).outputText;

function compiledFile(path) {
  let code = compiled.get(path);
  if (code === undefined) {
    code = compile(readFileSync(path, "utf8"));
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
 * Evaluates test files and all that they import.
 *
 * @param {readonly string[]} files
 * @param {{ path: string, text: string } | undefined} mutant a source with another text
 */
export async function evaluate(files, mutant) {
  const modules = new Map();
  const sourceModule = (path) => {
    let module = modules.get(path);
    if (module === undefined) {
      const code = path === mutant?.path ? compile(mutant.text) : compiledFile(path);
      module = new vm.SourceTextModule(code, { identifier: path });
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
  for (const file of files) {
    const module = sourceModule(file);
    await module.link(link);
    enterFile(file.slice(file.lastIndexOf("/") + 1));
    await module.evaluate();
  }
}
