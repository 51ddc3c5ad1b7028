// Lines have at most 80 characters: what follows commander's own help is not wrapped.

/** Below the options of `infonet select --help`. */
export const SELECT_HELP = `
Examples:
  infonet select penguins.csv --target "Body Mass (g)"
  infonet select data.parquet --target price --most 5 --exclude 'id,*_code'
  infonet select survey.csv --target vote --format json

Columns are taken one after the other, each the one that tells most of the
target beyond those before it, as long as one tells anything: the p-value
counts all columns that were left to choose from. Where none does, two columns
are looked for that tell something only together, as in an exclusive or. At the
end those are taken away again that tell nothing beyond all others.

gain is the conditional information of a column given those before it, as of
infonet conditional; the gains add up to what all tell together. "as a2" names
columns that say the same of the target: either of the two would do.

Columns are read as by infonet matrix; see infonet matrix --help.
`;

/** Below the options of `infonet network --help`. */
export const NETWORK_HELP = `
Examples:
  infonet network penguins.csv
  infonet network genes.csv --fdr 0.01 --out genes.graphml
  infonet network weather.csv --columns 'temp_*,wind,precipitation' --format json

A link is a dependence of two columns that no others explain: not a common
cause, not a chain. Of all pairs that depend on each other, those columns are
looked for that are linked to both and explain most of the dependence, up to
three; what is left of the two once these are known is tested like any pair.
Where nothing is left, the pair is listed with what it goes through.

Links have no direction. What no column of the table measures cannot explain
anything: a common cause that is not in the table leaves a link.

  --out x.graphml   for Gephi, yEd, Cytoscape, igraph, NetworkX
  --out x.csv       one link a row

Columns are read as by infonet matrix; see infonet matrix --help.
`;

/** Below the options of `infonet compare --help`. */
export const COMPARE_HELP = `
Examples:
  infonet compare penguins.csv --by Sex
  infonet compare trial.csv --by arm --columns 'dose,marker_*' --format json

The information of every pair in each group, and whether the groups differ in how
the two depend on each other: the pair that differs most surely comes first. Scales
and places may differ from group to group; ranks are taken within each. A line that
rises in one group and falls in the other differs, though its information does not.
p-values come from dealing the rows to groups at random; q counts all pairs.

Groups have 30 rows or more, and are 2 to 12.

Columns are read as by infonet matrix; see infonet matrix --help.
`;
