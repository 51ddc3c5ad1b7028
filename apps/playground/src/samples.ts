/** Tables to try the page on. */
import penguins from "../../../examples/penguins.csv?url";
import weather from "../../../examples/seattle-weather.csv?url";
import shapes from "../samples/shapes.csv?url";

/** A table that comes with the page. */
export interface Sample {
  id: string;
  title: string;
  about: string;
  file: string;
  url: string;
}

export const SAMPLES: readonly Sample[] = [
  {
    id: "penguins",
    title: "Penguins",
    about: "344 birds of three species: bills, flippers, weight, island, sex",
    file: "penguins.csv",
    url: penguins,
  },
  {
    id: "weather",
    title: "Seattle weather",
    about: "Four years of days: rain, temperatures, wind, and the weather in a word",
    file: "seattle-weather.csv",
    url: weather,
  },
  {
    id: "shapes",
    title: "Made-up shapes",
    about: "A ring, a wave, a checkerboard: dependence that a correlation does not see",
    file: "shapes.csv",
    url: shapes,
  },
];
