/**
 * The JSON files of the model that comes with the package, as a part of the script: bundlers put small files into `data:`
 * addresses, which a page with a content security policy may not fetch.
 */

import calibration from "../../model/calibration.json" with { type: "json" };
import model from "../../model/model.json" with { type: "json" };
import nullTable from "../../model/null.json" with { type: "json" };

/** Their texts by name; those with a hash byte for byte, as `JSON.stringify` had written them. */
export const DOCUMENTS: Record<string, string> = {
  "model.json": JSON.stringify(model),
  "null.json": JSON.stringify(nullTable),
  "calibration.json": JSON.stringify(calibration),
};
