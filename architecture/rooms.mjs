// @ts-check
/**
 * The one table of rooms: what every folder of the sources holds and what it may import. The linter's rules are
 * written from it by `npm run walls`.
 *
 * A package has floors, listed from the top. A room sees the rooms of all floors above its own: neither its neighbours
 * on the same floor nor what lies below. A file that lies in the source folder itself is a room of its own. What comes
 * from outside the package is listed room by room, as the import writes it; `**` stands for any path below a name,
 * `node:*` for all of Node.
 *
 * Tests see every room: they lie beside what they test and build their scenes from wherever they need.
 */

/**
 * @typedef {object} Room
 * @property {string} room folder, or file with its extension
 * @property {string} holds what one finds in it, for the reader
 * @property {readonly string[]} [imports] from outside the package; by default nothing
 * @property {Readonly<Record<string, readonly string[]>>} [besides] what single files import beyond that, by pattern
 * @property {string} [behind] the name that stands for the room: no room imports it by its path
 */

/**
 * @typedef {object} Package
 * @property {string} folder of the package; its rooms lie in `src`
 * @property {string} holds
 * @property {readonly string[]} [never] what no file of the package imports, tests included
 * @property {readonly (readonly Room[])[]} floors from the top one, which all others see
 */

/** @type {readonly Package[]} */
export const packages = [
  {
    folder: "packages/infonet",
    holds: "the library, for Node and the browser",
    floors: [
      [{ room: "errors.ts", holds: "the library's error and its codes" }],
      [{ room: "types.ts", holds: "types of the public API" }],
      [{ room: "long-call.ts", holds: "progress of a call, and its end before time" }],
      [
        {
          room: "numerics",
          holds: "random numbers, the normal law, linear algebra, sorting, rows",
          imports: ["pure-rand/**"],
        },
      ],
      [
        {
          room: "input",
          holds: "columns, variables, tables and options as users give them; units and warnings",
          imports: ["fastest-levenshtein"],
        },
      ],
      [{ room: "copula", holds: "ranks, ties, orientation, subsamples, soft ranks" }],
      [
        {
          room: "features",
          holds: "what the network reads: histogram, local information, spectrum, and their smooth mirror",
        },
      ],
      [
        {
          room: "density",
          holds:
            "a copula density as a mixture of Gaussians: log density, conditional distributions, quantiles, draws",
        },
      ],
      [
        {
          room: "network",
          holds: "model.json and the pretrained network",
          imports: ["onnxruntime-common", "zod/mini"],
        },
      ],
      [
        {
          room: "inference",
          holds: "quantiles to estimate and interval; calibration, null distribution, false discovery",
          imports: ["zod/mini"],
        },
      ],
      [
        {
          room: "counts",
          holds: "tables of counts: entropies, information and its head, independence",
          imports: ["zod/mini"],
        },
      ],
      [
        {
          room: "evidence",
          holds: "tests of independence of pairs, and of what they take for granted of the rows",
        },
      ],
      [
        {
          room: "surrogates",
          holds: "series that columns could have been: autoregressions of them, and tests of columns in time",
        },
      ],
      [
        {
          room: "classical",
          holds: "estimators that need no network, one file each",
          // mine trains a network of its own.
          besides: { "mine*.ts": ["#platform", "@jax-js/jax", "jax-onnx", "onnxruntime-common"] },
        },
      ],
      [{ room: "engine", holds: "the one runner: a model, its threads, tasks and batches of them" }],
      [{ room: "pairs", holds: "a pair of columns: its sample, its estimate, matrices of pairs" }],
      [
        {
          room: "prediction",
          holds:
            "what columns tell of others: functions of them, canonical variates, nearest rows; coordinates made of these",
        },
      ],
      [{ room: "vine", holds: "vines of pair copulas that may change with what lies between" }],
      [
        { room: "independence", holds: "tests of independence of several columns, given others too" },
        { room: "levels", holds: "levels and numbers beside each other: the parts of their information" },
      ],
      [
        {
          room: "multivariate",
          holds: "joint, conditional and sliced information of several columns of any kind",
        },
      ],
      [
        { room: "series", holds: "rows in time: lags, transfer entropy, windows" },
        {
          room: "answers",
          holds:
            "what a table is asked: which columns tell most of a target, what depends directly on what, what differs between groups",
        },
      ],
      [{ room: "gradient", holds: "mutual information as a loss" }],
      [{ room: "jax", holds: "the loss as a term of jax-js", imports: ["@jax-js/jax"] }],
      [
        {
          room: "platform",
          holds: "what differs between Node and the browser",
          imports: ["node:*", "onnxruntime-common", "onnxruntime-node", "onnxruntime-web/wasm", "piscina"],
          // The model's own tables become a part of the script.
          besides: {
            "documents.ts": [
              "../../model/calibration.json",
              "../../model/counts.json",
              "../../model/model.json",
              "../../model/null.json",
            ],
          },
          behind: "#platform",
        },
      ],
      [{ room: "api.ts", holds: "what a loaded model can be asked" }],
      [{ room: "infonet.ts", holds: "the class that users load", imports: ["#platform"] }],
      [
        { room: "index.ts", holds: "the public API" },
        { room: "entries", holds: "what the other subpaths of the package export" },
        {
          room: "testing",
          holds: "what tests share",
          imports: ["#platform", "fast-check", "node:fs", "node:zlib", "vitest"],
        },
      ],
    ],
  },
  {
    folder: "packages/cli",
    holds: "the command line",
    // Whatever the command can do, a user of the library can.
    never: ["infonet/**", "jax-onnx", "jax-onnx/**", "@infonet/**"],
    floors: [
      [
        {
          room: "text",
          holds: "how numbers are written, and text that is safe to print",
          imports: ["infonet"],
        },
        {
          room: "kinds",
          holds: "what texts are: numbers, dates, times, missing words, levels; pure, for any page",
        },
      ],
      [{ room: "errors.ts", holds: "errors of the command and its exit codes" }],
      [
        { room: "engine.ts", holds: "the library as the commands use it", imports: ["infonet"] },
        { room: "random.ts", holds: "seeded numbers: for pictures, and for samples of rows" },
        { room: "temporary.ts", holds: "temporary files and folders", imports: ["node:*"] },
      ],
      [
        {
          room: "table",
          holds: "files to columns: CSV dialects, encodings, Parquet, JSON, Arrow",
          imports: ["@duckdb/node-api", "@uwdata/flechette", "fastest-levenshtein", "fzstd", "node:*"],
        },
        {
          room: "terminal",
          holds: "streams and what is written to them, styles, widths, progress, signals",
          imports: ["infonet", "node:fs", "node:tty", "node:util", "string-width"],
        },
      ],
      [{ room: "output", holds: "results as text, JSON, CSV, Parquet", imports: ["infonet", "node:*"] }],
      [
        {
          room: "jobs",
          holds: "a table's pairs in shards that any number of machines work on",
          imports: ["infonet", "node:*"],
          besides: { "queue.ts": ["bullmq"] },
        },
      ],
      [
        {
          room: "report",
          holds: "the report in HTML and its pictures",
          imports: [
            "@observablehq/plot",
            "d3-array",
            "d3-force",
            "fast-png",
            "infonet",
            "linkedom",
            "node:crypto",
            "node:path",
          ],
        },
      ],
      [
        {
          room: "commands",
          holds: "one file a command, and their options",
          imports: ["infonet", "node:*"],
          besides: { "options.ts": ["commander"] },
        },
        { room: "help", holds: "texts of --help" },
      ],
      [
        {
          room: "mcp",
          holds: "a server of the Model Context Protocol: the commands as tools of assistants",
          imports: ["@modelcontextprotocol/server", "@modelcontextprotocol/server/stdio", "node:*", "zod"],
        },
      ],
      [{ room: "entry.ts", holds: "the shapes that commands have", imports: ["commander"] }],
      [{ room: "cli.ts", holds: "the commands put together", imports: ["commander"] }],
      [
        { room: "main.ts", holds: "the process: arguments, signals, exit", imports: ["node:fs"] },
        {
          room: "worker.ts",
          holds: "a child process that does shards from a queue",
          imports: ["bullmq", "node:*"],
        },
        {
          room: "testing",
          holds: "what tests share",
          imports: ["infonet", "linkedom", "node:*", "vitest"],
        },
      ],
    ],
  },
  {
    folder: "packages/jax-onnx",
    holds: "the compiler from jax-js to ONNX",
    // It stands on its own.
    never: ["infonet", "infonet/**", "@infonet/**"],
    floors: [
      [{ room: "errors.ts", holds: "the compiler's error" }],
      [{ room: "dtype.ts", holds: "element types" }],
      [{ room: "ir", holds: "the graph, hash-consed, and the rules that simplify it as it is built" }],
      [{ room: "jax.ts", holds: "the one door to jax-js", imports: ["@jax-js/jax"] }],
      [
        { room: "trace", holds: "primitives of jax-js to the graph" },
        { room: "passes", holds: "rewrites of the whole graph" },
        { room: "emit", holds: "the graph to operators of ONNX" },
      ],
      [{ room: "encode", holds: "the bytes of a model" }],
      [{ room: "compile.ts", holds: "compile: from a function to a model" }],
      [
        { room: "index.ts", holds: "the public API" },
        {
          room: "testing",
          holds: "what tests share: cases, random programs, sessions",
          imports: ["@jax-js/jax", "onnx-proto", "onnxruntime-node"],
        },
      ],
    ],
  },
  {
    folder: "packages/training",
    holds: "prior, networks, trainer, export, calibration, scoreboard",
    floors: [
      [
        {
          room: "runtime",
          holds: "the doors to jax-js and to ONNX Runtime",
          imports: ["@jax-js/jax", "infonet/onnxruntime", "onnxruntime-node"],
        },
      ],
      [{ room: "prior", holds: "random distributions with exact densities" }],
      [{ room: "prior-tables", holds: "random tables of levels with exact information" }],
      [
        {
          room: "stream",
          holds: "numbered examples of them in batches, made on worker threads",
          imports: ["infonet/copula", "node:worker_threads"],
        },
      ],
      [
        {
          room: "network",
          holds: "the networks, their layers, their parameters as one vector",
          imports: ["infonet/copula", "pure-rand/**"],
        },
      ],
      [{ room: "loss", holds: "what they are trained on" }],
      [{ room: "optimize", holds: "AdamW with orthogonalised steps, and the schedule" }],
      [{ room: "architecture", holds: "a network as trainer and release see it, by name" }],
      [
        {
          room: "step",
          holds: "one training step as a function, compiled; the validation",
          imports: ["jax-onnx"],
        },
      ],
      [
        {
          room: "model",
          holds: "files of an exported model",
          imports: ["infonet/internal/release", "jax-onnx", "node:*", "onnx-proto"],
        },
      ],
      [
        {
          room: "loop",
          holds: "the training loop: start, journal, validation, checkpoints, mean of runs",
          imports: ["@observablehq/plot", "linkedom", "node:*"],
        },
      ],
      [
        {
          room: "heads",
          holds: "small networks that correct an estimate: examples, training, calibration",
          imports: ["infonet/internal/release", "jax-onnx"],
        },
      ],
      [
        {
          room: "counts",
          holds: "the head of tables of counts: its draws, its laws",
          imports: ["infonet/internal/release"],
        },
      ],
      [{ room: "gpu", holds: "what comes before and after gpu/train.py", imports: ["node:*"] }],
      [
        {
          room: "evaluate",
          holds: "the scoreboard: laws with known information",
          imports: ["infonet", "node:*"],
        },
      ],
      [
        {
          room: "release",
          holds: "from a checkpoint to a whole model",
          imports: ["infonet/copula", "infonet/internal/release", "jax-onnx", "node:*", "onnxruntime-node"],
        },
      ],
      [{ room: "bench", holds: "what a step and the generator cost", imports: ["infonet/copula", "node:*"] }],
      [{ room: "command", holds: "options and manners that all commands share", imports: ["commander"] }],
      [
        { room: "bin", holds: "the commands", imports: ["commander", "infonet", "node:*"] },
        { room: "index.ts", holds: "what other packages use" },
        { room: "testing", holds: "what tests share" },
      ],
    ],
  },
  {
    folder: "bench",
    holds: "the tables of docs/benchmarks.md",
    floors: [
      [
        { room: "chart.ts", holds: "line charts", imports: ["@observablehq/plot", "linkedom"] },
        { room: "environment.ts", holds: "where a run took place", imports: ["node:*"] },
        { room: "journal.ts", holds: "partial results", imports: ["node:*"] },
        { room: "published.ts", holds: "numbers that others printed" },
        {
          room: "matrix.ts",
          holds: "a process that makes one matrix",
          imports: ["@infonet/training/evaluate", "infonet"],
        },
        {
          room: "reference",
          holds: "peers and exact values",
          imports: ["@infonet/training/evaluate"],
        },
      ],
      [
        {
          room: "methods.ts",
          holds: "the estimators that are measured",
          imports: ["@infonet/training/evaluate", "infonet", "infonet/classical"],
        },
        { room: "report.ts", holds: "what a suite hands over", imports: ["@infonet/training/evaluate"] },
      ],
      [
        { room: "files.ts", holds: "where results lie", imports: ["node:*"] },
        { room: "page.ts", holds: "the page that is made of the reports" },
        {
          room: "suites",
          holds: "one file a table",
          imports: ["@infonet/training/evaluate", "infonet", "infonet/classical", "infonet/copula", "node:*"],
        },
      ],
      [
        { room: "main.ts", holds: "runs the suites", imports: ["infonet", "node:*"] },
        { room: "docs.ts", holds: "writes the page", imports: ["node:*"] },
      ],
    ],
  },
  {
    folder: "examples",
    holds: "what the paper did with mutual information",
    // They show what a user can do, with published packages.
    never: ["@infonet/**", "infonet/internal/**"],
    floors: [
      [
        { room: "example.ts", holds: "what an example is", imports: ["infonet"] },
        { room: "png.ts", holds: "images", imports: ["fast-png"] },
        { room: "random.ts", holds: "seeded numbers", imports: ["pure-rand/**"] },
      ],
      [
        { room: "svg.ts", holds: "pictures" },
        {
          room: "networks",
          holds: "networks that the examples train",
          imports: ["@jax-js/jax", "infonet/onnxruntime", "jax-onnx", "onnxruntime-node"],
        },
        { room: "options.ts", holds: "arguments of the command", imports: ["node:util"] },
        { room: "report.ts", holds: "what was measured, and where", imports: ["node:os"] },
      ],
      [
        { room: "gene-network", holds: "genes whose links are known", imports: ["infonet"] },
        {
          room: "infogan",
          holds: "a generative network with a latent code",
          imports: ["@jax-js/jax", "infonet", "infonet/classical"],
        },
        {
          room: "nerf-correlation",
          holds: "parts of a scene that move together",
          imports: ["@jax-js/jax", "infonet"],
        },
        { room: "segmentation", holds: "segmentation without labels", imports: ["infonet"] },
        {
          room: "representations",
          holds: "codes of two views that share information",
          imports: ["@jax-js/jax", "infonet"],
        },
        {
          room: "fair-prediction",
          holds: "scores that say nothing of a group",
          imports: ["infonet", "infonet/classical"],
        },
        {
          room: "trajectories",
          holds: "objects that move together",
          imports: ["infonet", "infonet/classical", "node:fs/promises", "node:zlib"],
        },
        { room: "files.ts", holds: "where results lie", imports: ["node:*"] },
      ],
      [{ room: "index.ts", holds: "the examples" }],
      [{ room: "main.ts", holds: "runs them", imports: ["infonet"] }],
    ],
  },
  {
    folder: "apps/site",
    holds: "the site: the documentation beside the page",
    never: ["infonet/internal/**", "@infonet/training", "@infonet/training/**"],
    floors: [
      [
        { room: "links.ts", holds: "where links of the pages lead on the site", imports: ["node:*"] },
        { room: "dead-links.ts", holds: "links of the built site that lead nowhere", imports: ["node:*"] },
        { room: "markup.ts", holds: "markup without scripts and styles", imports: ["node:crypto"] },
        { room: "pages.ts", holds: "the pages in the order in which they are read" },
        { room: "gallery", holds: "pictures of pairs", imports: ["@infonet/cli/**", "infonet"] },
        { room: "snippets.ts", holds: "the code that stands in the pages", imports: ["node:*"] },
      ],
    ],
  },
  {
    folder: "apps/playground",
    holds: "the page: drop a table, nothing leaves the browser",
    // It takes the library as its users do, and of the command what reads texts and draws.
    never: ["infonet/internal/**", "@infonet/training", "@infonet/training/**"],
    floors: [
      [
        {
          room: "messages.ts",
          holds: "what the page and its worker tell each other",
          imports: ["@infonet/cli/**"],
        },
      ],
      [
        { room: "link.ts", holds: "what the address says behind its #" },
        { room: "link-data.ts", holds: "small tables within links" },
        { room: "samples.ts", holds: "tables to try the page on" },
        { room: "recent.ts", holds: "tables of before, in the browser's own storage" },
        {
          room: "exports.ts",
          holds: "results as files",
          imports: ["@infonet/cli/**"],
        },
        {
          room: "warnings.ts",
          holds: "what warnings say on the page, with what to press",
          imports: ["infonet"],
        },
        {
          room: "reading",
          holds: "bytes of a file to columns, by the rules of the command",
          imports: ["@infonet/cli/**"],
          besides: {
            "parquet.ts": ["hyparquet"],
            "codecs.ts": ["hyparquet", "hyparquet-compressors"],
            "brotli.ts": ["hyparquet-compressors"],
          },
        },
        {
          room: "pictures",
          holds: "scatter plots, bars and images, small",
          imports: ["@infonet/cli/**", "d3-array"],
        },
      ],
      [
        {
          room: "analysis",
          holds: "the worker that reads and computes, and the page's end of it",
          imports: ["@infonet/cli/**", "infonet", "infonet/worker"],
        },
        { room: "parts", holds: "map, list and table of columns", imports: ["@infonet/cli/**"] },
      ],
      [
        {
          room: "views",
          holds: "what is seen before a table is there, and then",
          imports: ["@infonet/cli/**"],
        },
      ],
      [{ room: "main.ts", holds: "the page put together", imports: ["@infonet/cli/**"] }],
    ],
  },
];
