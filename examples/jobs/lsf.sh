#!/bin/sh
# A job of 200 shards by LSF: one core and 2 GB a shard, 50 at once. The folder `job` is one that all hosts see.
#
#   infonet plan genes.parquet --out job --shards 200
#   bsub < lsf.sh
#   sed "s/\[1-200\]%50/[$(infonet status job --missing)]/" lsf.sh | bsub     # again, what is missing
#   infonet merge job --out genes-mi.parquet
#BSUB -J "infonet[1-200]%50"
#BSUB -n 1
#BSUB -M 2GB
#BSUB -W 00:30
#BSUB -r
#BSUB -o infonet-%J_%I.log
exec infonet run job --threads 1
