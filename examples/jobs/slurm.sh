#!/bin/sh
# A job of 200 shards by Slurm: one core and 2 GB a shard, 50 at once. The folder `job` is one that all nodes see.
#
#   infonet plan genes.parquet --out job --shards 200
#   sbatch slurm.sh
#   sbatch --array="$(infonet status job --missing)" slurm.sh     # again, what is missing
#   infonet merge job --out genes-mi.parquet
#SBATCH --job-name=infonet
#SBATCH --array=1-200%50
#SBATCH --cpus-per-task=1
#SBATCH --mem=2G
#SBATCH --time=00:30:00
#SBATCH --requeue
#SBATCH --output=infonet-%A_%a.log
exec infonet run job --threads 1
