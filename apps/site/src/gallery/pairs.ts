/** The pairs of the gallery: one a shape, of tables that come with the repository. */

export interface GalleryPair {
  /** Name of the picture. */
  name: string;
  /** From the root of the repository. */
  table: string;
  x: string;
  y: string;
}

const PENGUINS = "examples/penguins.csv";
const WEATHER = "examples/seattle-weather.csv";
const SHAPES = "apps/playground/samples/shapes.csv";

export const GALLERY: readonly GalleryPair[] = [
  { name: "line", table: PENGUINS, x: "Flipper Length (mm)", y: "Body Mass (g)" },
  { name: "groups", table: PENGUINS, x: "Beak Length (mm)", y: "Beak Depth (mm)" },
  { name: "levels", table: PENGUINS, x: "Species", y: "Flipper Length (mm)" },
  { name: "table", table: PENGUINS, x: "Species", y: "Island" },
  { name: "season", table: WEATHER, x: "date", y: "temp_max" },
  { name: "zeros", table: WEATHER, x: "precipitation", y: "temp_max" },
  { name: "bow", table: SHAPES, x: "dose", y: "response" },
  { name: "wave", table: SHAPES, x: "time", y: "wave" },
  { name: "ring", table: SHAPES, x: "ring x", y: "ring y" },
  { name: "board", table: SHAPES, x: "board x", y: "board y" },
  { name: "nothing", table: SHAPES, x: "dose", y: "noise" },
];
