/** What the rooms' tests use of vitest: its matchers, and a list of tests that can be run again and again. */

import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { format } from "node:util";

const vitest = createRequire(createRequire(import.meta.url).resolve("vitest/package.json"));
const matchers = await import(pathToFileURL(vitest.resolve("@vitest/expect")));
const { chai, JestChaiExpect, JestAsymmetricMatchers, JestExtend, GLOBAL_EXPECT, getState, setState } =
  matchers;

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);

const expect = (value, message) => chai.expect(value, message);
Object.setPrototypeOf(expect, chai.expect);
expect.getState = () => getState(expect);
expect.setState = (state) => setState(state, expect);
Object.defineProperty(globalThis, GLOBAL_EXPECT, { value: expect, writable: true, configurable: true });
setState({ assertionCalls: 0, isExpectingAssertions: false, expectedAssertionsNumber: null }, expect);

/** @type {{ name: string, run: () => unknown }[]} */
let collected = [];
let path = [];

/** The tests that were defined since the last call. */
export function takeTests() {
  const tests = collected;
  collected = [];
  path = [];
  return tests;
}

export function enterFile(file) {
  path = [file];
}

function define(name, run) {
  collected.push({ name: [...path, name].join(" > "), run });
}

function group(name, body) {
  path.push(name);
  body();
  path.pop();
}

/** Rows of `each`, with the names that vitest gives them; where two would be alike they are numbered. */
const each = (one) => (rows) => (name, body) => {
  for (const [index, row] of Array.from(rows).entries()) {
    const values = Array.isArray(row) ? row : [row];
    const places = (name.match(/%[sdifjoO]/g) ?? []).length;
    one(`${format(name, ...values.slice(0, places))} [${index}]`, () => body(...values));
  }
};

const test = Object.assign(define, { each: each(define) });
const describe = Object.assign(group, { each: each(group) });

export const exported = { expect, test, it: test, describe };
