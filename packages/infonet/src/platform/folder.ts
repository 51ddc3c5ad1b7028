/** The folder of a model as an address, and the files in it. */

import { InfoNetError, reasonOf } from "../errors.js";

/**
 * The address of a folder that a user names. Its path ends with a slash; a fragment is dropped, a query (of a signed
 * address, say) stays with every file.
 *
 * @param parse how a string is read where the program runs
 * @throws InfoNetError "model" if it is no address
 */
export function folderAddress(place: string | URL, parse: (place: string) => URL): URL {
  if (place === "") throw new InfoNetError("model", 'model is ""; pass the path or the URL of a folder.');
  let folder: URL;
  try {
    folder = place instanceof URL ? new URL(place) : parse(place);
    folder.hash = "";
    if (!folder.pathname.endsWith("/")) folder.pathname += "/";
    // An address without a hierarchy (data:, blob:) has no files.
    fileAddress(folder, "model.json");
  } catch (error) {
    throw new InfoNetError(
      "model",
      `model is ${JSON.stringify(String(place))} (${reasonOf(error)}); pass the path or the URL of a folder.`,
    );
  }
  return folder;
}

/** The address of a file, given by its plain name. */
export function fileAddress(folder: URL, file: string): URL {
  const address = new URL(file, folder);
  address.search = folder.search;
  return address;
}
