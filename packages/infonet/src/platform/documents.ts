/**
 * The JSON files of the model that comes with the package, as a part of the script: bundlers put small files into `data:`
 * addresses, which a page with a content security policy may not fetch.
 */

import calibration from "../../model/calibration.json" with { type: "json" };
import counts from "../../model/counts.json" with { type: "json" };
import model from "../../model/model.json" with { type: "json" };
import nullTable from "../../model/null.json" with { type: "json" };

/** As such files are written: the hashes of the tables are those of the text, byte for byte. */
const written = (value: unknown): string => `${JSON.stringify(value)}\n`;

/** Their texts by name. */
export const DOCUMENTS: Record<string, string> = {
  "model.json": written(model),
  "null.json": written(nullTable),
  "calibration.json": written(calibration),
  "counts.json": written(counts),
};
