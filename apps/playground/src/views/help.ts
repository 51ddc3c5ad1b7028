/** What stands below the results: what the numbers mean, and how to get them elsewhere. */
import { type Html, html } from "@infonet/cli/report/html.js";
import type { Place } from "../link.js";

/** The meaning of the numbers. */
export function meaning(): Html {
  return html`<details class="help"><summary>What the numbers mean</summary><dl>
<dt>Strength</dt><dd>From 0, knowing one column tells nothing about the other, to 1, it tells everything. It is the correlation that two bell-shaped columns would need to share as much information: 0.3 is visible in a plot if you look for it, 0.7 is plain.</dd>
<dt>Information, in nats</dt><dd>Mutual information: how much less uncertain one column is once the other is known. It does not care for the shape of the dependence, nor for units. Strength is the same number on another scale.</dd>
<dt>90 % interval</dt><dd>The truth lies in it nine times in ten. Fewer rows, wider interval.</dd>
<dt>p</dt><dd>How often columns that have nothing to do with each other would show as much. Grey pairs are those that chance explains well enough, with account of how many pairs were looked at.</dd>
<dt>Dependence is not cause</dt><dd>That two columns depend on each other does not say that one brings about the other; a third may drive both.</dd>
</dl></details>`;
}

/** The command and the code that give the same. */
export function elsewhere(file: string, place: Place): Html {
  const { command, call } = asked(place);
  return html`<details class="help"><summary>The same in a terminal, or in code</summary>
<pre tabindex="0"><code>npx infonet ${command[0]} ${[file, ...command.slice(1)].map(quoted).join(" ")}</code></pre>
<pre tabindex="0"><code>import { columnsFrom, InfoNet } from "infonet";
const net = await InfoNet.load();
const answer = await net.${call};</code></pre></details>`;
}

const quoted = (text: string): string =>
  /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

/** What is looked at: the words of the command but for the file, and the call. */
function asked({ view, target, by, method, fdr, series }: Place): { command: string[]; call: string } {
  const call = (name: string, first: string | undefined, options: object): string => {
    const some = Object.values(options).some((value) => value !== undefined);
    const parts = ["columnsFrom(rows)", first && JSON.stringify(first), some && JSON.stringify(options)];
    return `${name}(${parts.filter(Boolean).join(", ")})`;
  };
  const said = (name: string, value: string | number | undefined): string[] =>
    value === undefined ? [] : [`--${name}`, String(value)];
  if (view === "network") {
    const command = ["network", ...said("method", method), ...said("fdr", fdr)];
    return { command, call: call("network", undefined, { method, fdr }) };
  }
  if (view === "select")
    return { command: ["select", ...said("target", target)], call: call("select", target, {}) };
  if (view === "differences")
    return { command: ["compare", ...said("by", by)], call: call("differences", by, {}) };
  return {
    command: ["matrix", ...said("target", target), ...(series ? ["--series"] : [])],
    call: call("matrix", undefined, { target, rows: series ? "series" : undefined }),
  };
}
