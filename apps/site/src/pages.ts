/** The pages of the site in the order in which they are read. */

/** A group of pages under a heading. */
export interface Group {
  text: string;
  collapsed?: boolean;
  items: { text: string; link: string }[];
}

const group = (text: string, items: readonly (readonly [text: string, link: string])[]): Group => ({
  text,
  items: items.map(([name, link]) => ({ text: name, link })),
});

export const PAGES: Group[] = [
  group("Start", [
    ["Start in a minute", "/start"],
    ["Gallery", "/gallery"],
    ["What the numbers mean", "/meaning"],
    ["How it works", "/how-it-works"],
    ["From Python", "/from-python"],
    ["From R", "/from-r"],
    ["From an assistant", "/mcp"],
  ]),
  group("Questions", [
    ["What is in a column?", "/columns"],
    ["Which rows are independent?", "/rows"],
    ["Is it real?", "/evidence"],
    ["From pairs to answers", "/answers"],
    ["Which columns predict?", "/which-columns-predict"],
    ["Direct, or through others?", "/direct-or-through-others"],
    ["What differs?", "/what-differs"],
    ["Several columns together", "/many-dimensions"],
    ["Who leads?", "/series"],
    ["Thousands of columns", "/jobs"],
    ["Information as a loss", "/mi-as-a-loss"],
  ]),
  group("How good", [
    ["Scoreboard", "/scoreboard"],
    ["Beside other packages", "/beside-others"],
    ["Benchmarks", "/benchmarks"],
    ["Classical estimators", "/estimators"],
  ]),
  group("Reference", [
    ["All calls", "/reference/"],
    ["Reports", "/reports"],
    ["Packages and pages", "/packages"],
    ["Recipes", "/recipes"],
  ]),
  group("Inside", [
    ["Architecture", "/architecture"],
    ["Training", "/training"],
    ["Diary of the training", "/training-diary"],
    ["Mutants", "/mutants"],
  ]),
];

const action = (text: string, link: string, theme = "alt") => ({ text, link, theme });
const feature = (title: string, link: string, details: string) => ({ title, link, details });

/** What stands above the first page, which is a page like all others to readers of the repository. */
export const FIRST_PAGE = {
  layout: "home",
  hero: {
    name: "infonet",
    text: "What depends on what?",
    tagline:
      "Which columns of a table depend on each other, how strongly, how surely, and is it real. Nothing leaves your machine.",
    actions: [
      { ...action("Drop a table", "/playground/", "brand"), target: "_self" },
      action("Start in a minute", "/start"),
      action("Gallery", "/gallery"),
    ],
  },
  features: [
    feature(
      "Any shape",
      "/gallery",
      "Lines, waves, rings, groups, levels, numbers with many zeros; unchanged by logarithms and units.",
    ),
    feature(
      "Is it real?",
      "/evidence",
      "Every number comes with a 90 % interval and a p-value, a matrix with false discovery rates.",
    ),
    feature(
      "Fast",
      "/jobs",
      "A millisecond or two a pair on a laptop; twenty thousand columns on a cluster.",
    ),
    feature(
      "Several columns",
      "/answers",
      "What two share beyond others, which few tell most of a target, what is direct.",
    ),
    feature(
      "Rows in time",
      "/series",
      "Which series leads and by how much, with p-values that allow for rows that depend on those before.",
    ),
    feature(
      "Wherever you are",
      "/start",
      "A page, a command, a library for Node and the browser; from Python, from R, from an assistant.",
    ),
  ],
};
