/** Networks as pictures: forces lay out the nodes, links are as wide as they are strong, communities have colours. */
import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type SimulationNodeDatum,
} from "d3-force";
import type { DependenceNetwork, NetworkEdge } from "infonet";
import { correlationEquivalent, count, fixed, formatP } from "../text/numbers.js";
import { type Html, html } from "./html.js";
import { clip } from "./values.js";

/** Nodes that are drawn: more names than these cannot be read. */
export const MOST_NODES = 60;

const WIDTH = 960;
const HEIGHT = 720;
const EDGE = 24;
const TITLE = 34;
const NAME_CHARS = 18;
/** Width of a letter, in pixels, about. */
const LETTER = 6.6;
const TICKS = 400;
/** Of the communities, the largest first; all others are grey. Okabe & Ito's, which the colour-blind tell apart. */
const COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8c6d1f", "#5a5a9c"];
const OTHERS = "#8a8f94";

/** The colour of a community, by its position among them. */
export const communityColour = (position: number): string => COLOURS[position] ?? OTHERS;

/** A node with its place. */
interface Placed extends SimulationNodeDatum {
  name: string;
  colour: string;
  degree: number;
}

/** The part of a network that is drawn, and where. */
interface Layout {
  nodes: Placed[];
  edges: { from: Placed; to: Placed; edge: NetworkEdge }[];
  /** Nodes that have links and no room. */
  left: number;
}

/** A network as a picture that stands alone: SVG. */
export function networkPicture(file: string, network: DependenceNetwork): string {
  const title = `${count(network.edges.length, "direct link")} in ${file}`;
  const head = html`<rect width="${WIDTH}" height="${HEIGHT + TITLE}" fill="#fff"/>
<text x="${EDGE}" y="22" font-weight="600" fill="#1c2730">${title}</text>
`;
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT + TITLE}" width="${WIDTH}" height="${HEIGHT + TITLE}" role="img" aria-label="${title}" font-family="system-ui, sans-serif" font-size="12" color="#1c2730">
${head}<g transform="translate(0 ${TITLE})">
${drawing(network.units, layoutOf(network))}</g></svg>
`.text;
}

/** The same within a report: in the colours of the page. */
export function networkFigure(network: DependenceNetwork): Html {
  const layout = layoutOf(network);
  const { left } = layout;
  const [x, y, wide, high] = frameOf(layout.nodes);
  const label = `Network of ${count(network.edges.length, "link")}; the table below holds the same.`;
  return html`<figure class="scroll"><svg viewBox="${x} ${y} ${wide} ${high}" width="${wide}" height="${high}" role="img" aria-label="${label}" font-size="12">
${drawing(network.units, layout)}</svg>${left > 0 && html`<figcaption>The ${MOST_NODES} columns with the strongest links; ${count(left, "more column")} with links in the table.</figcaption>`}</figure>`;
}

/** The part of the picture in which nodes and their names are: of a few columns no more than they need. */
function frameOf(nodes: readonly Placed[]): [x: number, y: number, wide: number, high: number] {
  const side = (NAME_CHARS * LETTER) / 2;
  const [xs, ys] = [nodes.map(({ x = 0 }) => x), nodes.map(({ y = 0 }) => y)];
  const left = Math.max(0, Math.floor(Math.min(...xs) - side));
  const right = Math.min(WIDTH, Math.ceil(Math.max(...xs) + side));
  const top = Math.max(0, Math.floor(Math.min(...ys) - EDGE));
  const bottom = Math.min(HEIGHT, Math.ceil(Math.max(...ys) + 2 * EDGE));
  return [left, top, right - left, bottom - top];
}

function drawing(units: DependenceNetwork["units"], { nodes, edges }: Layout): Html {
  return html`<g stroke="#7a858e">${edges.map(({ from, to, edge }) => {
    const strength = correlationEquivalent(edge.direct, units);
    return html`<line x1="${at(from.x)}" y1="${at(from.y)}" x2="${at(to.x)}" y2="${at(to.y)}" stroke-width="${(0.8 + 5 * strength).toFixed(1)}" stroke-opacity="${(0.3 + 0.5 * strength).toFixed(2)}"><title>${edge.x} × ${edge.y}: ${fixed(edge.direct)} ${units}, p ${formatP(edge.pValue)}</title></line>
`;
  })}</g>
${nodes.map(
  ({ name, colour, degree, x, y }) =>
    html`<g><circle cx="${at(x)}" cy="${at(y)}" r="${radius(degree).toFixed(1)}" fill="${colour}"><title>${name}: ${count(degree, "link")}</title></circle><text x="${at(x)}" y="${at((y ?? 0) + radius(degree) + 12)}" text-anchor="middle" stroke="var(--paper, #fff)" stroke-opacity="0.6" stroke-width="2.5" paint-order="stroke">${clip(name, NAME_CHARS)}</text></g>
`,
)}`;
}

const at = (place: number | undefined): string => (place ?? 0).toFixed(1);
const radius = (degree: number): number => 5 + 1.5 * Math.sqrt(degree);

/** The same network has the same layout: nodes begin on a spiral, and forces draw no lots. */
function layoutOf({ nodes, edges, communities }: DependenceNetwork): Layout {
  const drawn = drawnNodes(edges);
  const colourOf = new Map(
    communities.flatMap((names, k) =>
      names.map((name) => [name, names.length > 1 ? communityColour(k) : OTHERS] as const),
    ),
  );
  const placed = nodes
    .filter((name) => drawn.has(name))
    .map(
      (name): Placed => ({
        name,
        colour: colourOf.get(name) ?? OTHERS,
        degree: edges.filter(({ x, y }) => x === name || y === name).length,
      }),
    );
  const byName = new Map(placed.map((node) => [node.name, node]));
  const links = edges.flatMap((edge) => {
    const [from, to] = [byName.get(edge.x), byName.get(edge.y)];
    return from === undefined || to === undefined ? [] : [{ from, to, edge }];
  });
  const room = (node: Placed): number =>
    radius(node.degree) + 8 + (Math.min([...node.name].length, NAME_CHARS) * LETTER) / 3;
  forceSimulation(placed)
    .force(
      "link",
      forceLink(links.map(({ from, to }) => ({ source: from, target: to })))
        .distance(90)
        .strength(0.4),
    )
    .force("charge", forceManyBody().strength(-320))
    .force("x", forceX().strength(0.06))
    .force("y", forceY().strength(0.08))
    .force("collide", forceCollide(room).iterations(2))
    .stop()
    .tick(TICKS);
  fitted(placed);
  apart(placed);
  const linked = new Set(edges.flatMap(({ x, y }) => [x, y]));
  return { nodes: placed, edges: links, left: linked.size - placed.length };
}

/** The columns of the strongest links, as many as can be drawn. */
function drawnNodes(edges: readonly NetworkEdge[]): Set<string> {
  const drawn = new Set<string>();
  for (const { x, y } of edges) {
    const more = [x, y].filter((name) => !drawn.has(name));
    if (drawn.size + more.length <= MOST_NODES) for (const name of more) drawn.add(name);
  }
  return drawn;
}

/** Moves the nodes into the picture, made smaller alike in both directions where they need it. */
function fitted(nodes: readonly Placed[]): void {
  if (nodes.length === 0) return;
  const side = (NAME_CHARS * LETTER) / 2;
  const [xs, ys] = [nodes.map(({ x = 0 }) => x), nodes.map(({ y = 0 }) => y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const [wide, high] = [WIDTH - 2 * (EDGE + side), HEIGHT - 4 * EDGE];
  const scale = Math.min(1.6, wide / Math.max(right - left, 1), high / Math.max(bottom - top, 1));
  for (const node of nodes) {
    node.x = WIDTH / 2 + scale * ((node.x ?? 0) - (left + right) / 2);
    node.y = HEIGHT / 2 - EDGE / 2 + scale * ((node.y ?? 0) - (top + bottom) / 2);
  }
}

const ROUNDS = 200;

/** Moves nodes up and down until no name lies upon another one. */
function apart(nodes: readonly Placed[]): void {
  const half = (node: Placed): number => (Math.min([...node.name].length, NAME_CHARS) * LETTER) / 2 + 3;
  for (let round = 0; round < ROUNDS; round++) {
    let isMoving = false;
    for (const [k, a] of nodes.entries()) {
      for (const b of nodes.slice(k + 1)) {
        const [dx, dy] = [(b.x ?? 0) - (a.x ?? 0), (b.y ?? 0) - (a.y ?? 0)];
        const high = radius(a.degree) + radius(b.degree) + NAME_HEIGHT;
        if (Math.abs(dx) >= half(a) + half(b) || Math.abs(dy) >= high) continue;
        const step = ((high - Math.abs(dy)) / 2 + 0.5) * (dy < 0 ? -1 : 1);
        a.y = within((a.y ?? 0) - step);
        b.y = within((b.y ?? 0) + step);
        isMoving = true;
      }
    }
    if (!isMoving) return;
  }
}

/** Height of a name, in pixels. */
const NAME_HEIGHT = 14;

const within = (y: number): number => Math.max(EDGE, Math.min(HEIGHT - 2 * EDGE, y));
