/** Networks in the formats of programs that draw graphs. */
import type { DependenceNetwork } from "infonet";
import { toJson } from "./json.js";

/** What is told of every link, in all formats. */
const LINK_NUMBERS = ["mi", "direct", "weight", "p", "q"] as const;

/** A graph as all formats have it. */
interface Graph {
  nodes: { id: string; name: string; community: number }[];
  links: ({ id: string; source: string; target: string; given: string } & Record<
    (typeof LINK_NUMBERS)[number],
    number
  >)[];
}

function graphOf({ nodes, edges, communities }: DependenceNetwork): Graph {
  const idOf = new Map(nodes.map((name, place) => [name, `n${place}`]));
  const communityOf = new Map(communities.flatMap((names, k) => names.map((name) => [name, k + 1] as const)));
  return {
    nodes: nodes.map((name, place) => ({ id: `n${place}`, name, community: communityOf.get(name) ?? 0 })),
    links: edges.map(({ x, y, mi, direct, given, pValue, qValue }, k) => ({
      id: `e${k}`,
      source: idOf.get(x) as string,
      target: idOf.get(y) as string,
      ...{ mi, direct, weight: direct, p: pValue, q: qValue },
      given: given.join("; "),
    })),
  };
}

/** GraphML (http://graphml.graphdrawing.org), which Gephi, yEd, Cytoscape, igraph and NetworkX read. */
export function networkGraphml(network: DependenceNetwork): string {
  const { nodes, links } = graphOf(network);
  const keys: [string, string, string][] = [
    ["name", "node", "string"],
    ["community", "node", "int"],
    ...LINK_NUMBERS.map((name): [string, string, string] => [name, "edge", "double"]),
    ["given", "edge", "string"],
  ];
  const data = (key: string, value: string | number): string =>
    `<data key="${key}">${xml(String(value))}</data>`;
  return [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<graphml xmlns="http://graphml.graphdrawing.org/xmlns">`,
    ...keys.map(([id, of, type]) => `  <key id="${id}" for="${of}" attr.name="${id}" attr.type="${type}"/>`),
    `  <graph edgedefault="undirected">`,
    ...nodes.map(
      ({ id, name, community }) =>
        `    <node id="${id}">${data("name", name)}${data("community", community)}</node>`,
    ),
    ...links.map(
      (link) =>
        `    <edge source="${link.source}" target="${link.target}">${LINK_NUMBERS.map((name) => data(name, link[name])).join("")}${data("given", link.given)}</edge>`,
    ),
    `  </graph>`,
    `</graphml>`,
    "",
  ].join("\n");
}

/** GEXF 1.3 (https://gexf.net), the format of Gephi. */
export function networkGexf(network: DependenceNetwork): string {
  const { nodes, links } = graphOf(network);
  const value = (id: string | number, text: string | number): string =>
    `<attvalue for="${id}" value="${xml(String(text))}"/>`;
  const attribute = (id: number | string, title: string, type: string): string =>
    `      <attribute id="${id}" title="${title}" type="${type}"/>`;
  const numbers = LINK_NUMBERS.filter((name) => name !== "weight");
  return [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<gexf xmlns="http://gexf.net/1.3" version="1.3">`,
    `  <graph defaultedgetype="undirected">`,
    `    <attributes class="node">`,
    attribute("community", "community", "integer"),
    `    </attributes>`,
    `    <attributes class="edge">`,
    ...numbers.map((name) => attribute(name, name, "double")),
    attribute("given", "given", "string"),
    `    </attributes>`,
    `    <nodes>`,
    ...nodes.map(
      ({ id, name, community }) =>
        `      <node id="${id}" label="${xml(name)}"><attvalues>${value("community", community)}</attvalues></node>`,
    ),
    `    </nodes>`,
    `    <edges>`,
    ...links.map(
      (link) =>
        `      <edge id="${link.id}" source="${link.source}" target="${link.target}" weight="${link.weight}"><attvalues>${numbers.map((name) => value(name, link[name])).join("")}${value("given", link.given)}</attvalues></edge>`,
    ),
    `    </edges>`,
    `  </graph>`,
    `</gexf>`,
    "",
  ].join("\n");
}

/** The JSON of Cytoscape and Cytoscape.js: `{ elements: { nodes, edges } }`. */
export function networkCytoscape(file: string, network: DependenceNetwork): string {
  const { nodes, links } = graphOf(network);
  return `${toJson(
    {
      data: { name: file, units: network.units },
      elements: { nodes: nodes.map((data) => ({ data })), edges: links.map((data) => ({ data })) },
    },
    2,
  )}\n`;
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text of XML 1.0, in which control characters and halves of characters cannot stand at all. */
function xml(text: string): string {
  return text
    .replace(/(?![\t\n\r])\p{Cc}|[\p{Cs}\ufffe\uffff]/gu, "\ufffd")
    .replace(/[&<>"]/g, (sign) => ENTITIES[sign]);
}
