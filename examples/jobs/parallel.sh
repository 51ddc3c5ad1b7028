#!/bin/sh
# A job by GNU parallel: a shard a core, on this machine, or on those that PARALLEL_HOSTS names (`8/node1,8/node2`: eight shards at
# once on each, by ssh). The folder `job` is one that all of them see under the same path. Again, it does what is missing.
#
#   infonet plan genes.parquet --out "$PWD/job" --shards 200
#   sh parallel.sh "$PWD/job" 200
set -eu
job=$1
shards=$2
seq "$shards" |
  parallel ${PARALLEL_HOSTS:+--sshlogin "$PARALLEL_HOSTS"} --retries 3 --halt soon,fail=20% \
    infonet run "$job" --shard "{}/$shards" --threads 1
