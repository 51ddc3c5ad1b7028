/** Results as files, as the command writes them. Loaded when one is saved. */
export { matrixCsv } from "@infonet/cli/output/csv.js";
export { matrixJson } from "@infonet/cli/output/json.js";
