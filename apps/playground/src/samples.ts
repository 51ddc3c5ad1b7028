/** Tables to try the page on. Their addresses are written out, so that the build finds them. */

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
    url: new URL("../../../examples/penguins.csv", import.meta.url).href,
  },
  {
    id: "weather",
    title: "Seattle weather",
    about: "Four years of days: rain, temperatures, wind, and the weather in a word",
    file: "seattle-weather.csv",
    url: new URL("../../../examples/seattle-weather.csv", import.meta.url).href,
  },
  {
    id: "shapes",
    title: "Made-up shapes",
    about: "A ring, a wave, a checkerboard: dependence that a correlation does not see",
    file: "shapes.csv",
    url: new URL("../samples/shapes.csv", import.meta.url).href,
  },
];
