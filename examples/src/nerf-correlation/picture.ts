/** The scene, and two fields of it. */
import { svgDocument, svgPixels, svgText } from "../svg.js";
import type { Scene } from "./scene.js";

/** What is drawn of a field. */
export interface FieldPictures {
  title: string;
  /** Three numbers a pixel. */
  colours: Float32Array;
  /** Information with some of the labelled pixels, in nats, a number a pixel. */
  information: readonly Float64Array[];
  labels: Uint8Array;
  /** Colours after a change of the weights. */
  edited: Float32Array;
}

/** What both fields are drawn with. */
export interface PictureOptions {
  /** Pixel that has a label, for every object. */
  labelled: readonly number[];
  /** Objects whose labelled pixel the information is drawn with. */
  shown: readonly number[];
  /** Object whose labelled pixel the weights were changed for. */
  edited: number;
}

const CELL = 144;
const GAP = 10;
const TOP = 42;
const LEFT = 26;
/** Information that is drawn white, nats. */
const WHITE = 1;
// Okabe and Ito's colours, told apart by everybody; the background is grey.
const LABELS = [0xb0b0b0, 0xd55e00, 0x56b4e9, 0x009e73, 0xf0e442, 0xcc79a7];

/** One row a field. */
export function picture(scene: Scene, fields: readonly FieldPictures[], options: PictureOptions): string {
  const { labelled, shown, edited } = options;
  const parts: string[] = [];
  const place = (column: number, row: number) => ({
    x: LEFT + column * (CELL + GAP),
    y: TOP + row * (CELL + GAP),
    width: CELL,
    height: CELL,
  });
  const draw = (column: number, row: number, rgb: Uint8Array, marks: readonly number[] = []): void => {
    const box = place(column, row);
    parts.push(svgPixels(box, scene.side, scene.side, rgb));
    for (const pixel of marks) {
      const scale = CELL / scene.side;
      const x = box.x + ((pixel % scene.side) + 0.5) * scale;
      const y = box.y + (Math.floor(pixel / scene.side) + 0.5) * scale;
      parts.push(
        `<circle cx="${x}" cy="${y}" r="4.5" fill="none" stroke="white" stroke-width="3"/>`,
        `<circle cx="${x}" cy="${y}" r="4.5" fill="none" stroke="black" stroke-width="1.4"/>`,
      );
    }
  };
  draw(0, 0, painted(scene.colours));
  draw(0, 1, labelColours(scene.objects), labelled);
  for (const [row, field] of fields.entries()) {
    draw(1, row, painted(field.colours));
    for (const [k, object] of shown.entries()) {
      draw(2 + k, row, greys(field.information[k]), [labelled[object]]);
    }
    draw(2 + shown.length, row, labelColours(field.labels), labelled);
    draw(3 + shown.length, row, painted(field.edited), [labelled[edited]]);
    const { x, y } = place(1, row);
    parts.push(
      `<g transform="translate(${x - 3},${y + CELL / 2}) rotate(-90)">${svgText(0, 0, field.title, { size: 11, anchor: "middle" })}</g>`,
    );
  }
  const titles = [
    ["photograph;", "below: the objects"],
    ["the field", ""],
    ...shown.map(() => ["information with one", `point (white: ${WHITE} nat)`]),
    ["labels from one", "point an object"],
    ["weights changed to", "brighten one point"],
  ];
  for (const [column, [first, second]] of titles.entries()) {
    const middle = place(column, 0).x + CELL / 2;
    parts.push(
      svgText(middle, 18, first, { anchor: "middle" }),
      svgText(middle, 33, second, { anchor: "middle" }),
    );
  }
  const columns = 4 + shown.length;
  return svgDocument(
    "Information between places of two coordinate networks, and labels spread by it",
    LEFT + columns * (CELL + GAP),
    TOP + fields.length * (CELL + GAP),
    parts,
  );
}

const byte = (share: number): number => Math.round(255 * Math.min(1, Math.max(0, share)));

function painted(colours: Float32Array): Uint8Array {
  return Uint8Array.from(colours, byte);
}

function greys(information: Float64Array): Uint8Array {
  const rgb = new Uint8Array(3 * information.length);
  for (const [pixel, nats] of information.entries()) rgb.fill(byte(nats / WHITE), 3 * pixel, 3 * pixel + 3);
  return rgb;
}

function labelColours(labels: Uint8Array): Uint8Array {
  const rgb = new Uint8Array(3 * labels.length);
  for (const [pixel, label] of labels.entries()) {
    const colour = LABELS[label % LABELS.length];
    rgb.set([colour >> 16, (colour >> 8) & 255, colour & 255], 3 * pixel);
  }
  return rgb;
}
