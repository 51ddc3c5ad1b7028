#!/usr/bin/env node
// The command is a package of its own, which projects that want the library alone leave out.
const command = "@infonet/cli/bin/infonet.js";
try {
  import.meta.resolve(command);
} catch {
  console.error("infonet: the command is not installed; npm i @infonet/cli, or npx @infonet/cli.");
  process.exit(1);
}
await import(command);
