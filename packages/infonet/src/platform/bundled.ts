/** The model that comes with the package. */

import { InfoNetError, reasonOf } from "../errors.js";

/** Where it is told how to install and bundle the library. */
export const PACKAGES_PAGE = "https://github.com/infonet-mi/infonet/blob/main/docs/packages.md";

/**
 * Its large files. Their addresses are written out one by one, so that bundlers find them and copy them beside the
 * bundle; and looked at when first needed, since a script that is no module has no address to start from.
 */
export function bundledLargeFiles(): Record<string, URL> {
  return {
    "weights.onnx": new URL("../../model/weights.onnx", import.meta.url),
    "density-1.onnx": new URL("../../model/density-1.onnx", import.meta.url),
    "density-4.onnx": new URL("../../model/density-4.onnx", import.meta.url),
    "density-16.onnx": new URL("../../model/density-16.onnx", import.meta.url),
    "values-1.onnx": new URL("../../model/values-1.onnx", import.meta.url),
    "values-4.onnx": new URL("../../model/values-4.onnx", import.meta.url),
    "values-16.onnx": new URL("../../model/values-16.onnx", import.meta.url),
    "gradient-1.onnx": new URL("../../model/gradient-1.onnx", import.meta.url),
    "gradient-4.onnx": new URL("../../model/gradient-4.onnx", import.meta.url),
    "gradient-16.onnx": new URL("../../model/gradient-16.onnx", import.meta.url),
    "levels.json": new URL("../../model/levels.json", import.meta.url),
    "rows.json": new URL("../../model/rows.json", import.meta.url),
  };
}

/**
 * The value of a file that must be there.
 *
 * @throws InfoNetError "model" for one that the model does not have
 */
export function fileOf<File>(files: Record<string, File>, name: string): File {
  if (Object.hasOwn(files, name)) return files[name];
  throw new InfoNetError("model", `${name} is no file of the model that comes with infonet.`);
}

/** The error of a file that cannot be read. */
export function bundledError(name: string, cause: unknown, remedy: string): InfoNetError {
  return new InfoNetError(
    "model",
    `${name} of the model that comes with infonet cannot be read (${reasonOf(cause)}); ${remedy}, see ${PACKAGES_PAGE}`,
  );
}
