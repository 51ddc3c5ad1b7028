/** Where a queue is: the address that the user gives, and how it is told without its password. */

import { UsageError } from "../errors.js";

/** A server that holds queues. */
export interface QueueAddress {
  kind: "redis" | "postgres";
  url: string;
  /** For people: nothing secret in it. */
  shown: string;
}

const KINDS: Readonly<Record<string, QueueAddress["kind"]>> = {
  "redis:": "redis",
  "rediss:": "redis",
  "postgres:": "postgres",
  "postgresql:": "postgres",
};

/**
 * Reads the address of a server.
 *
 * @param name of the option or variable, which errors begin with
 * @throws UsageError; what was written is not told, since a password may be in it
 */
export function readQueueAddress(name: string): (text: string) => QueueAddress {
  return (text) => {
    let url: URL;
    try {
      url = new URL(text);
    } catch {
      throw new UsageError(`${name} is no address; ${FORMS}.`);
    }
    const kind = KINDS[url.protocol];
    if (kind === undefined) throw new UsageError(`${name} begins with ${url.protocol}//; ${FORMS}.`);
    if (kind === "redis" && url.hostname === "") throw new UsageError(`${name} names no host; ${FORMS}.`);
    const user = url.username === "" ? "" : `${url.username}@`;
    return { kind, url: text, shown: `${url.protocol}//${user}${url.host}${url.pathname}` };
  };
}

const FORMS =
  "write redis://HOST:6379, rediss://HOST:6379 (TLS) or postgres://USER@HOST/DATABASE, with a percent sign and two digits for signs such as @ in a password";
