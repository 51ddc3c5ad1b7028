// Lines have at most 80 characters: what follows commander's own help is not wrapped.

/** Below the options of `infonet select --help`. */
export const SELECT_HELP = `
Examples:
  infonet select penguins.csv --target "Body Mass (g)"
  infonet select data.parquet --target price --most 5 --exclude 'id,*_code'
  infonet select survey.csv --target vote --resamples 20 --report vote.html
  infonet select genes.parquet --target dose --criterion cmim

Columns are taken one after the other, each the one that tells most of the
target beyond those before it, as long as one tells anything: the p-value
counts all columns that were left to choose from. Where none does, two columns
are looked for that tell something only together, as in an exclusive or. At the
end those are taken away again that tell nothing beyond all others.

gain is the conditional information of a column given those before it, as of
infonet conditional; the gains add up to what all tell together. "a and a2 say
the same" of the target: either of the two would do. --resamples 20 tells in
how many of 20 random halves of the rows a column is selected again.

--criterion, for wide tables, and where rows are few:
  cmim   information given one of those before it, the least of them
  jmi    the mean of that
  mrmr   information less the mean of what it shares with each of them

Columns are read as by infonet matrix; see infonet matrix --help.
`;

/** Below the options of `infonet summary --help`. */
export const SUMMARY_HELP = `
Examples:
  infonet summary penguins.csv --target Species
  infonet summary survey.csv --target vote --most 5 --report vote.html

Of every column what it is taken for, its entropy (of levels: that of numbers
depends on their unit), its information about the target, and the share of the
target that it explains: of the entropy of levels; of numbers 1 − exp(−2 MI),
the share of variance that as much information means for normal numbers.

Of the columns that tell most, two by two: what only one of them tells, what
both tell the same, and what only both together tell, which add up to what both
tell. The parts are those of unique information (Bertschinger et al. 2014). The
interaction is synergy less redundancy, with its 90 % interval.

Columns are read as by infonet matrix; see infonet matrix --help.
`;

/** Below the options of `infonet network --help`. */
export const NETWORK_HELP = `
Examples:
  infonet network penguins.csv
  infonet network genes.csv --fdr 0.01 --out genes.graphml
  infonet network genes.csv --method clr --svg genes.svg --report genes.html
  infonet network weather.csv --columns 'temp_*,wind,precipitation' --format json

A link is a dependence of two columns that no others explain: not a common
cause, not a chain. Of all pairs that depend on each other, those columns are
looked for that are linked to both and explain most of the dependence, up to
three; what is left of the two once these are known is tested like any pair.
Where nothing is left, the pair is listed with what it goes through.

Links have no direction. What no column of the table measures cannot explain
anything: a common cause that is not in the table leaves a link.

--method, for wide tables, looks at pairs alone:
  aracne   of three columns that are all linked, the weakest link goes through
           the third, if it is 15 % below the others
  clr      a link has to stand out of what either column shares with all others

  --out x.graphml   for Gephi, yEd, Cytoscape, igraph, NetworkX
  --out x.gexf      for Gephi
  --out x.cyjs      for Cytoscape and Cytoscape.js
  --out x.csv       one link a row
  --svg x.svg       a picture of up to 60 columns

Columns are read as by infonet matrix; see infonet matrix --help.
`;

/** Below the options of `infonet compare --help`. */
export const COMPARE_HELP = `
Examples:
  infonet compare penguins.csv --by Sex
  infonet compare 2019.csv 2024.csv --report change.html
  infonet compare trial.csv --by arm --columns 'dose,marker_*' --out arm.csv

Without --by the rows of one file are compared with those of the others, in the
columns that all of them have; columns that are only in some are named and left
out.

Columns: what each tells of the group of a row; its share is 100 % where it
tells the group. Dependences: the information of every pair in each group, and
whether the groups differ in how the two depend on each other. Scales, places
and shares of levels may differ from group to group: ranks are taken within
each, levels are weighted alike. A line that rises in one group and falls in the
other differs, though its information does not. p-values come from dealing the
rows to groups at random, of two columns of levels from tables with the same
odds ratios in all groups; q counts all pairs.

Groups have 30 rows or more, and are 2 to 12.

Columns are read as by infonet matrix; see infonet matrix --help.
`;
