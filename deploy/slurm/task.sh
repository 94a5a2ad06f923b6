#!/usr/bin/env bash
# One task of an array: claims its JobSpec by rename, runs it, and archives it with its result as a watch folder does.
#   task.sh FARM LIST [INDEX]        LIST holds names in FARM/pending, each ended by a zero byte
# INDEX counts from 0, and may be a sum, as 1-1. Slurm, Kubernetes and AWS Batch set it in the environment, Slurm from 1.
set -euo pipefail

farm=$1
mapfile -d '' -t names <"$2"
index=${3:-${JOB_COMPLETION_INDEX:-${AWS_BATCH_JOB_ARRAY_INDEX:-$((${SLURM_ARRAY_TASK_ID:?Name an index.} - 1))}}}
name=${names[index]}
pending=$farm/pending/$name
host=${SLURMD_NODENAME:-$HOSTNAME}
if ! command -v watch-folder-runner >/dev/null; then
  echo "watch-folder-runner is not on the PATH of $host: install it there. $name stays in pending/." >&2
  exit 127
fi

is_archived() {
  local folder
  for folder in completed failed; do
    if [ -e "$farm/$folder/$1.json" ] || [ -e "$farm/$folder/$1.result.json" ]; then return; fi
  done
  return 1
}

# A rename has one winner, whoever else was given this index. Tasks in containers share their process ids.
claim=$(mktemp -u --suffix=.json "$farm/running/claim-XXXXXXXXXXXX")
if ! mv -nT "$pending" "$claim" 2>/dev/null; then
  if [ -e "$pending" ]; then
    echo "$name can't be moved into running/: look at the rights there." >&2
    exit 1
  fi
  echo "$name is gone from pending/."
  exit
fi

# Under a name that nobody has: x.json, x.2.json, … Nothing in the archive is ever replaced. So many bytes leave room for x.result.json.
most=243
bytes() { printf %s "$1" | wc -c; }
for ((n = 1; ; n++)); do
  job=${name%.json}$([ "$n" -eq 1 ] || printf .%d "$n")
  if is_archived "$job"; then continue; fi
  if [ "$(bytes "$job")" -le "$most" ]; then mv -nT "$claim" "$farm/running/$job.json" || true; fi
  if [ ! -e "$claim" ]; then break; fi
  if [ ! -e "$farm/running/$job.json" ]; then
    echo "$name can't become $job.json in running/, with room for its result: it goes back to pending/." >&2
    mv -nT "$claim" "$pending"
    exit 1
  fi
done
running=$farm/running/$job

echo "$job.json on $host"

# Slurm counts, limits and stops what srun starts.
launch=()
if [ -n "${SLURM_JOB_ID:-}" ]; then launch=(srun --ntasks=1); fi
"${launch[@]}" watch-folder-runner run --progress "$running.json" >"$running.result.tmp" &
runner=$!
# A stop or time limit ends the runner, which says so in its result; this script lives on to archive it.
trap 'kill -TERM "$runner" 2>/dev/null || true' TERM
while true; do
  status=0
  wait "$runner" || status=$?
  if ! kill -0 "$runner" 2>/dev/null; then break; fi
done

if [ "$status" -gt 1 ] || [ ! -s "$running.result.tmp" ]; then
  rm "$running.result.tmp"
  case $status in
    # A bad setting, a required path that is missing on this node, a program that can't be started: nothing was begun, so the JobSpec
    # waits again. All else was cut off: the recovery archives it.
    2 | 4 | 126 | 127) mv -nT "$running.json" "$pending" ;;
  esac
  exit $((status > 0 ? status : 1))
fi

# From here the job is decided; only moves are left, first the job, then its result.
sync "$running.result.tmp"
mv -T "$running.result.tmp" "$running.result.json"
sync "$farm/running"
archive=$farm/completed
if [ "$status" -ne 0 ]; then archive=$farm/failed; fi
for file in "$job.json" "$job.result.json"; do
  ln -T "$farm/running/$file" "$archive/$file"
  sync "$archive"
  rm "$farm/running/$file"
done
exit "$status"
