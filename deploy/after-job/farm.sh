#!/bin/sh
# For --after-job: a task on a Slurm farm for each completed job, with the path of its result. FARM_TASK names the script of the task.
set -eu

case $1 in
*/completed/*) sbatch --parsable "${FARM_TASK:?the script of the task}" "$1" ;;
esac
