// Lines have at most 80 characters: what follows commander's own help is not wrapped.

/** Below the commands in `infonet --help`. */
export const TOP_HELP = `
Examples:
  infonet columns penguins.csv                          what was read
  infonet matrix penguins.csv                           strongest pairs, as text
  infonet matrix penguins.csv --report penguins.html    and with pictures
  infonet matrix data.parquet --target price --top 10   what tells of the price
  infonet estimate penguins.csv Species Sex             one pair
  infonet joint data.csv --x a,b,c --y d,e              two groups of columns
  infonet conditional data.csv a b --given c            one pair, beyond others
  infonet select data.csv --target y                    which few tell most of y
  infonet summary data.csv --target y                   what each tells of y
  infonet network data.csv                              what is direct
  infonet compare data.csv --by group                   what differs
  infonet compare old.csv new.csv                       between two files
  infonet lags data.csv a b --time date                 which leads, and by what
  infonet transfer data.csv a b --time date             what its past tells
  infonet plan genes.parquet --out job                  for many machines
  infonet mcp ~/data                                    for an assistant

Mutual information is 0 for independent columns and grows with any dependence,
also with one that goes up and down again and that a correlation cannot see. It
is the same whatever the unit or scale of a column.

Exit status: 0 done, 1 failed, 2 wrong usage, 130 ended by Ctrl-C (finished
pairs are kept), 143 by SIGTERM, 129 by a closed terminal; a second signal ends
at once. A reader of the output that goes away (| head) is no failure. infonet
COMMAND --help tells more of a command.
`;

/** Below the options of `infonet columns --help`. */
export const COLUMNS_HELP = `
Examples:
  infonet columns survey.csv
  infonet columns survey.csv --missing "-999,refused" --date-order dmy
  infonet columns survey.csv --ordered 'size=small<medium<large' --format json
  zcat log.gz | infonet columns -

One line a column: its kind, levels or range, missing values, the first values
as they were read, and below it what was done to read them. The same options
mean the same in all other commands; infonet matrix --help tells how columns are
read.
`;

/** Below the options of `infonet matrix --help`. */
export const MATRIX_HELP = `
Examples:
  infonet matrix weather.csv --columns date,temp_max,wind
  infonet matrix weather.csv --columns '"name, with comma",wind'
  infonet matrix survey.csv --categorical region,postcode --numeric income
  infonet matrix jan.csv feb.csv 'parts/*.csv'
  infonet matrix weather.csv --columns 'temp_*,date.month' --exclude '*_2019'
  infonet matrix weather.csv --date-parts --target wind
  infonet matrix genes.parquet --targets-from regulators.txt
  infonet matrix weather.csv --fdr 0.05 --top all
  infonet matrix visits.csv --cluster patient
  infonet matrix weather.csv --time date --diff
  infonet matrix prices.csv --time day --diff --window 250 --step 50
  infonet matrix prices.csv --time day --lags --max-lag 5
  infonet matrix titanic-counts.csv --counts Freq
  infonet matrix weather.csv --units bits --format json > weather.json
  infonet matrix weather.csv --out weather.parquet --report weather.html

How columns are read (infonet columns FILE tells what came of it):
  files            several, or a pattern in quotes, are one table: their rows
                   one below another, their columns matched by name
  numbers          in any national form: whether 1.234 is 1234 is told by the
                   other numbers of the file, or by --decimal. Units of one
                   kind, currencies and % are left out, <0.5 is 0.5. Up to 5 %
                   may be other text: it counts as missing and is reported
  dates and times  seconds; ISO 8601, weeks, months, quarters, the forms of
                   nations and logs. --date-order says what 01/02/2020 means
  true/false       categories; so are yes/no, Y/N, T/F, on/off, in any case
  other text       categories, whose names and order mean nothing: at most 256
                   of them, each in two rows on average; identifiers and free
                   text are reported as not usable, unless --columns, --target
                   or --categorical names them
  codes            categories, if --categorical names them: 3 is then no more
                   like 4 than like 40
  stray text       missing, with a note, if --numeric names the column: so are
                   numbers read among much that is none; true is 1, false 0
  missing          empty cells and the usual words (NA, null, ?, -, #N/A, …); in
                   columns of text only words that programs write, and not where
                   the levels are spelt like them: NA among DE and FR. --missing
                   names others instead, --missing "" none. Each pair uses the
                   rows where both columns have a value
  ordered levels   --ordered 'size=small<medium<large': ranks instead of names
  header           found below titles, comments and blank lines; --no-header
                   where there is none
  not usable       constant columns, ±infinity, nested and binary values:
                   reported with the reason

Which columns are meant:
  patterns  temp_* and item?? name all columns that look so, q1:q9 those from q1
            to q9, in every option that takes names. What is the name of a
            column is no pattern
  parts     date.month is the month of the dates in column date; so are .year,
            .day, .weekday, and .hour of times. Months and weekdays are levels,
            the others numbers (--categorical and --numeric say otherwise), all
            in UTC. --date-parts adds all that vary beside each column of dates;
            pairs of a date with its own parts are not computed
  targets   --target a,b or 'tf_*': only pairs that have one of these columns,
            which is x. --targets-from names a file with one name a line; those
            that the table does not have are told and left out

How pairs are estimated:
  levels    categories, columns of two values, and numbers of few values where
            every combination has rows enough: they are counted. MI is then at
            most the smaller entropy, and "normalized" its share of it
  numbers   by their ranks, which the network reads; beside levels too
  mixtures  numbers with values that very many rows share, such as zeros: these
            are counted as levels, and the rest are numbers

What rows stand for:
  clusters  --cluster names a column whose equal values say that rows belong
            together, such as the visits of a patient: the clusters are what is
            independent, and n is their number. Rows without a value are left
            out
  counts    --counts names a column that says how many rows each row is
  repeated  rows that repeat the x and y of others more often than ties explain
            are used once, and ! repeated-rows says so
  in time   where both columns depend on the rows before, p-values claim too
            much, and ! serial-dependence says so. Sorted tables are no series.
            --series says that rows follow each other at equal steps, --time
            names the times to sort by: p-values and intervals then allow for
            what rows have in common, and with --cluster every cluster is a
            series of its own. --diff takes changes from row to row, --deseason
            12 takes off the mean of every twelfth row; both say so.
            --window 250 --step 50 shows pairs over time (also 90d, 30d),
            and p of change whether what they share changes. --lags shows
            every pair at its best lag

Every pair is listed once, with a number or with the reason why there is none.
The same table gives the same answer for any seed and number of threads. Ctrl-C
keeps the finished pairs: on stdout, or beside --out in a file
NAME.partial.ENDING (or NAME.partial-2.ENDING and so on: it never replaces a
file).

How results are written:
  formats   text for .txt, JSON, CSV and Parquet for .json, .csv and .parquet;
            --format goes before any ending. CSV, JSON and Parquet hold names
            as they are: =1+2 stays =1+2, in quotes, so take columns in as
            text where a spreadsheet opens a CSV file of unknown origin
  names     in text and report, marks that cannot be seen or that turn the
            direction of writing are shown: <U+202E>
  files     are replaced in one step, so they are whole or as before, whatever
            happens. A run that is killed while it writes may leave a file
            .infonet-….tmp in the folder; the next run there removes it
`;

/** Below the options of `infonet estimate --help`. */
export const ESTIMATE_HELP = `
Examples:
  infonet estimate penguins.csv "Flipper Length (mm)" "Body Mass (g)"
  infonet estimate penguins.csv Species Island --units bits --format json
  infonet estimate survey.csv region income --categorical region
  infonet estimate visits.csv dose response --cluster patient
  infonet estimate titanic-counts.csv Class Survived --counts Freq

The result says what both columns are: levels, which are counted, numbers, or a
mixture of both. Where one is levels, it says which share of the smaller entropy
the information is: 100 % where one column is told by the other.

--cluster names a column that says which rows belong together, --counts one that
says how many rows each row stands for. Columns are read as by infonet matrix;
see infonet matrix --help.
`;

/** Below the options of `infonet joint --help`. */
export const JOINT_HELP = `
Examples:
  infonet joint penguins.csv --x "Beak Length (mm),Beak Depth (mm)" --y Species
  infonet joint weather.csv --x temp_max,temp_min --y wind,precipitation
  infonet joint weather.csv --x temp_max,wind --y date --format json
  infonet joint titanic.csv --x Class,Sex,Age --y Survived
  infonet joint survey.csv --x region,age --y income --categorical region

The number says how much the columns of one group tell, taken together, about
those of the other. Categories are categories, and numbers of few values are
levels too where the tables are well filled: they are counted, all columns of a
group in one table. Where there are levels and numbers, levels come first, then
what numbers tell within them; the parts are listed.

Numbers alone are built up pair by pair, each pair given those between them (a
vine), with a copula that may change along what is given. The coordinates it is
built in are chosen by what they are worth on rows that were held out; --basis
names them instead:
  given       the columns themselves
  whitened    principal components of their normal scores
  canonical   combinations of columns that are most correlated, strongest first
  nonlinear   the same among nonlinear functions: radii, angles, products, turns
  neighbours  what the nearest rows tell of the other group, for few columns

With nonlinear or neighbours the interval is open upwards: what no function that
was tried can tell is missing, so the number says "at least". The lower bound of
a vine is what it is worth on held-out rows; far below the estimate, it says
that there are many weak pairs or few rows. The p-value is that of independence
of the two groups; where it is above 0.05 the interval begins at 0. Against one
column, synergy is what the others tell together beyond what each of them tells
by itself, and redundancy what they tell several times.

Columns are read as by infonet matrix; see infonet matrix --help. A name that
holds a comma goes into double quotes: --x '"name, with comma",wind'.
`;

/** Below the options of `infonet conditional --help`. */
export const CONDITIONAL_HELP = `
Examples:
  infonet conditional penguins.csv "Beak Length (mm)" "Body Mass (g)" --given Species
  infonet conditional weather.csv temp_max wind --given date,weather --format json
  infonet conditional titanic.csv Class Survived --given Sex

What two columns still tell about each other once the others are known. 0 means
that the others explain all of their dependence (a common cause); it can also
be larger than without them (two causes of one effect).

Categories are categories, and numbers of few values are levels too where the
tables are well filled: they are counted, in the strata that levels among the
others make. Of numbers, the dependence of the two may change along the others,
to the point of cancelling without them.

For the p-value of two numbers given numbers, each is freed of the others by
itself; what is left is put in 199 random orders among rows that are alike in
the others. Beyond the last of these the tail of their evidence goes on, so that
p-values may be far below 1/200. With levels it is that of a test within the
strata. Where it is above 0.05 the interval begins at 0.

Columns are read as by infonet matrix; see infonet matrix --help.
`;
