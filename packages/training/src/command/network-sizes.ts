/** The option --network. */
import type { Architecture, NetworkConfig } from "../architecture/index.js";
import { UsageError } from "./errors.js";
import { jsonObject } from "./options.js";

/**
 * Sizes of a network: the architecture's own where the JSON says nothing.
 *
 * @throws UsageError if it is no JSON object, or names a size that the architecture does not have
 */
export function networkSizes(
  { name, defaults, optional = [] }: Architecture<NetworkConfig>,
  text: string,
): NetworkConfig {
  const given = jsonObject("--network", '{"width":96,"blocks":2}')(text);
  const known = [...Object.keys(defaults), ...optional];
  // Sizes of the other architecture would otherwise train this one at its defaults, without a word.
  for (const key of Object.keys(given)) {
    if (!known.includes(key)) {
      throw new UsageError(`--network has ${key}; the sizes of a ${name} are ${known.join(", ")}`);
    }
  }
  return { ...defaults, ...given };
}
