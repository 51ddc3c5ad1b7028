// Lines have at most 80 characters: what follows commander's own help is not wrapped.

/** Below the options of `infonet plan --help`. */
export const PLAN_HELP = `
Examples:
  infonet plan genes.parquet --out job
  infonet plan genes.parquet --out job --shards 200 --screen 0.001
  infonet plan genes.parquet --out job --targets-from tf.txt --replicates 100
  infonet run job                                all shards, on this machine
  infonet run job --shard 3/200                  one of them, on any machine
  sbatch --array=1-200 --wrap 'infonet run job'  all of them, by Slurm
  infonet status job
  infonet merge job --out genes-mi.parquet

A job is a folder that all machines see: what is asked for, the columns as they
were read, and a file for every finished shard. A shard is written whole or not
at all, under a name that has the hash of its content, so a machine that dies
loses no more than the shard it was at, two that do the same one do no harm, and
a damaged file is found and done again. The options of infonet matrix mean the
same here; those that say what is written belong to infonet merge.

--screen is for tables most pairs of which are independent: a quick test of all
pairs (smooth shapes in their ranks, by a product of matrices) takes a fiftieth
of the time of an estimate, and only pairs with a p-value up to the one named
are estimated. The result says how many were not, and what these may hold.

--replicates 100 has every pair estimated in 100 random halves of the rows too,
in shards like all others; infonet merge then says how the estimates vary: their
mean, standard deviation, which is that of the estimate of all rows, and 5 % and
95 % quantiles. Does not go with --screen and --counts.
`;

/** Below the options of `infonet run --help`. */
export const RUN_HELP = `
Examples:
  infonet run job
  infonet run job --shard 3/200 --threads 4
  parallel infonet run job --shard {}/200 ::: {1..200}

Without --shard, the task number of an array job is taken where a scheduler sets
one: Slurm (SLURM_ARRAY_TASK_ID), Kubernetes (JOB_COMPLETION_INDEX, from 0), LSF
(LSB_JOBINDEX), Grid Engine (SGE_TASK_ID), PBS (PBS_ARRAY_INDEX), AWS Batch
(AWS_BATCH_JOB_ARRAY_INDEX, from 0). Elsewhere all shards that are not finished
are done, one after the other. The same command goes on where it was stopped.
`;

/** Below the options of `infonet status --help`. */
export const STATUS_HELP = `
Examples:
  infonet status job
  infonet status job --format json
  infonet status job --queue redis://10.0.0.7
  sbatch --array=$(infonet status job --missing) --wrap 'infonet run job'
`;

/** Below the options of `infonet submit --help`. */
export const SUBMIT_HELP = `
Examples:
  infonet submit job --queue redis://10.0.0.7
  infonet submit job --queue postgres://infonet@10.0.0.7/work
  INFONET_QUEUE=rediss://:secret@10.0.0.7:6380 infonet submit job

The queue holds the numbers of the shards that are not finished, and no more: if
it is lost, the same command fills it again. Shards that are in it already stay
there once; those that failed are tried anew. Needs the package bullmq beside
infonet, and ioredis for Redis 5 or later, or pg for PostgreSQL 13 or later:
npm install bullmq ioredis pg

A password on a command line is seen by other users of the machine: set the
variable INFONET_QUEUE, or PGPASSWORD for PostgreSQL. TLS is rediss:// for
Redis, ?sslmode=verify-full for PostgreSQL; NODE_EXTRA_CA_CERTS names a file
with the certificate of an authority of one's own.
`;

/** Below the options of `infonet work --help`. */
export const WORK_HELP = `
Examples:
  infonet work job --queue redis://10.0.0.7
  infonet work job --queue postgres://infonet@10.0.0.7/work --processes 8

On every machine that sees the folder. Each child process does one shard at a
time on one core; the command ends when the queue is empty. A shard that fails
is tried three times. A worker that is not heard of for --stalled seconds is
dead, and another one gets its shard, at most five times; a shard that is done
twice does no harm. Ctrl-C and SIGTERM put the shards under way back at once.
Exit status 1 if shards failed; infonet status tells why, infonet submit has
them tried again.
`;

/** Below the options of `infonet merge --help`. */
export const MERGE_HELP = `
Examples:
  infonet merge job
  infonet merge job --out pairs.parquet --fdr 0.01
  infonet merge job --report pairs.html

The options are those of infonet matrix. q-values are those among all pairs of
the job. Shards that are missing are told, and nothing is written. CSV, JSON and
Parquet files may be larger than memory; TMPDIR names a folder with room for the
sorting. Text and reports are made of at most five million pairs.
`;
