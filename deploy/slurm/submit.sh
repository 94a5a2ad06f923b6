#!/usr/bin/env bash
# Runs every JobSpec in FARM/pending as a task of one Slurm array job, then a second job archives tasks that were cut off.
#   submit.sh FARM [OPTION]…        options of sbatch for both jobs: submit.sh /mnt/raid/jobs --partition=encode --cpus-per-task=8
# All nodes must see FARM, sources and outputs under the same paths. FARM looks like a watch folder, but no runner may watch it.
set -euo pipefail
export LC_ALL=C # code point order

farm=$(realpath "${1:?Name the folder that holds pending/.}")
shift
here=$(dirname "$(realpath "$0")")
mkdir -p "$farm"/{pending,running,completed,failed,.slurm}

# If two submissions run at once, the second waits here, then finds the array of the first.
exec 9>"$farm/.slurm/lock"
flock 9
name=wfr-$(printf %s "$farm" | cksum | cut -d ' ' -f 1)
busy=$(squeue --noheader --name="$name" --format=%A | sort -u | paste -sd ' ')
if [ -n "$busy" ]; then
  echo "Jobs $busy still work on $farm. Submit again when they have ended." >&2
  exit 1
fi

list=$(mktemp "$farm/.slurm/list.XXXXXXXX")
find "$farm/pending" -maxdepth 1 -type f -name '*.json' ! -name '.*' ! -name '*.result.json' -printf '%f\0' | sort -z >"$list"
count=$(tr -cd '\0' <"$list" | wc -c)
if [ "$count" -eq 0 ]; then
  rm "$list"
  echo "Nothing is in $farm/pending."
  exit
fi
# The highest index is one below MaxArraySize; the remaining JobSpecs wait for the next submission.
limit=$(($(scontrol show config | sed -n 's/^MaxArraySize *= *//p') - 1))
if [ "$count" -gt "$limit" ]; then
  echo "$((count - limit)) of $count JobSpecs stay in pending/: MaxArraySize allows $limit at once."
  count=$limit
fi

submit=(sbatch --parsable --no-requeue --job-name="$name")
array=$("${submit[@]}" --array="1-$count" --output="$farm/.slurm/%A_%a.log" "$@" "$here/task.sh" "$farm" "$list")
recovery=$("${submit[@]}" "$@" --dependency="afterany:$array" --output="$farm/.slurm/%j.log" "$here/recover.sh" "$farm") || {
  echo "$count JobSpecs: array job $array is queued, but nothing that archives what is cut off. When it has ended, run $here/recover.sh $farm" >&2
  exit 1
}
echo "$count JobSpecs: array job $array, then job $recovery for what was cut off. Logs: $farm/.slurm"
