// Lines have at most 80 characters: what follows commander's own help is not wrapped.

/** Below the options of `infonet lags --help`. */
export const LAGS_HELP = `
Examples:
  infonet lags weather.csv temp_max wind --time date --max-lag 14
  infonet lags sales.csv ads revenue --time month --deseason 12 --svg lags.svg
  infonet lags panel.csv price volume --time day --cluster share --format json

A lag above 0: X comes first, and Y that many rows later. "p" is that of a lag by
itself, "p of all" the probability of as much at any of the lags, which is what
counts where the lag was not known before. Both compare with series that the
columns could have been, which depend on their own past as they do. A best lag
is named only where the p-value of all lags is at most 0.05.

Rows follow each other at equal steps, as they stand or by --time; gaps, times
that come again and uneven steps are told, and --step 1d puts rows at equal
steps of time. A row with a missing value keeps its place. Columns are read as
by infonet matrix; see infonet matrix --help.
`;

/** Below the options of `infonet transfer --help`. */
export const TRANSFER_HELP = `
Examples:
  infonet transfer weather.csv temp_max wind --time date
  infonet transfer prices.csv oil gas --time day --diff --lag 2 --history 3
  infonet transfer data.csv a b --given c --format json
  infonet transfer prices.csv gas --from oil,coal,power_* --time day --max-lag 5

Transfer entropy from X to Y: what X tells of Y --lag rows later beyond the last
--history rows of Y, and beyond the columns of --given at the row of X. It is
asked in both directions; the net flow is the difference. What drives both, and
is not given, looks like a flow from the one that it reaches first.

With --from, columns that may tell of Y are looked at 1 to --max-lag rows before
it, each by itself: "p" is the probability of as much at any lag of this column,
"p of all" of any column at any lag. The lag is that of the most evidence.

Columns are read as by infonet matrix; see infonet matrix --help.
`;
