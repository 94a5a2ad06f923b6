#!/usr/bin/env bash
# One task of an array: claims its JobSpec by rename, runs it, and archives it with its result as a watch folder does. If it is killed at
# any point, recover.sh can finish: the job is in exactly one folder, and its result, if any, can be moved beside it.
#   task.sh FARM LIST [INDEX]        LIST has names of files in FARM/pending, each ended by a NUL
# INDEX counts from 0, and may be an arithmetic expression such as 1-1. Slurm (from 1), Kubernetes and AWS Batch set it in the environment.
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

# A move is atomic only within one file system. Checked before any work is done.
folders=("$farm/pending" "$farm/running" "$farm/completed" "$farm/failed")
if ! devices=$(stat -Lc %d "${folders[@]}" | sort -u) || [ "$(wc -l <<<"$devices")" -ne 1 ]; then
  echo "$name stays in pending/: the four folders of $farm must be there, on one file system." >&2
  exit 1
fi

# Not every version of mv -n reports by its exit code whether it moved the file; the output of -v does.
moved() { [ -n "$(mv -nvT "$1" "$2" 2>/dev/null)" ]; }

# A job keeps its name until it is archived. If several tasks have this index, only one rename succeeds.
claim=$farm/running/$name
running=${claim%.json}
if [ -e "$running.result.json" ] || ! moved "$pending" "$claim"; then
  if [ ! -e "$pending" ] && [ ! -L "$pending" ]; then
    echo "$name is gone from pending/."
    exit
  fi
  echo "$name stays in pending/: it can't be moved into running/. Check its permissions, and for a job of that name." >&2
  exit 1
fi

put_back() {
  if moved "$claim" "$pending"; then
    echo "$name goes back to pending/: $1" >&2
  else
    echo "$name stays in running/, since it can't go back to pending/: $1" >&2
  fi
}

# Writers to pending/ may have replaced the file since it was listed; they can't write to running/.
if [ -L "$claim" ] || [ ! -f "$claim" ]; then
  put_back "it is no file, but a link or something else that nobody follows."
  exit 1
fi

is_archived() {
  local folder
  for folder in completed failed; do
    if [ -e "$farm/$folder/$1.json" ] || [ -e "$farm/$folder/$1.result.json" ]; then return; fi
  done
  return 1
}

# Finds a free name: x.json, x.2.json, … Nothing in the archive is ever replaced. The limit in bytes leaves room for x.result.json.
most=243
bytes() { printf %s "$1" | wc -c; }
for ((n = 1; ; n++)); do
  job=${name%.json}$([ "$n" -eq 1 ] || printf .%d "$n")
  if ! is_archived "$job"; then break; fi
done
if [ "$(bytes "${name%.json}")" -gt "$most" ] || [ "$(bytes "$job")" -gt "$most" ]; then
  put_back "$job.json is too long for a result beside it."
  exit 1
fi

echo "$job.json on $host"

# With srun, Slurm accounts for the runner, limits it and stops it.
launch=()
if [ -n "${SLURM_JOB_ID:-}" ]; then launch=(srun --ntasks=1); fi
"${launch[@]}" watch-folder-runner run --progress --result "$running.result.json" "--archived-as=$job.json" "$claim" &
runner=$!
# At a stop or the time limit, the runner ends and says so in its result; this script goes on, to archive it.
trap 'kill -TERM "$runner" 2>/dev/null || true' TERM
while true; do
  status=0
  wait "$runner" || status=$?
  if ! kill -0 "$runner" 2>/dev/null; then break; fi
done

# Under its final name, a result is complete and synced: the job is decided.
if [ ! -e "$running.result.json" ]; then
  case $status in
    # A bad setting, a required path that is missing on this node, or a program that can't be started: nothing was begun, so the JobSpec
    # goes back. Otherwise the run was cut off, and the recovery archives the job.
    2 | 4 | 126 | 127) put_back "watch-folder-runner ended with $status." ;;
  esac
  exit $((status > 0 ? status : 1))
fi
case $status in
  0) archive=$farm/completed ;;
  1) archive=$farm/failed ;;
  # Killed after its result was written: the recovery reads in the result where the job belongs.
  *) exit "$status" ;;
esac

# Another job may have taken the name meanwhile: then the recovery chooses another.
if is_archived "$job"; then
  echo "$job.json is taken in the archive by now: $name waits in running/ for the recovery." >&2
  exit 1
fi
# Moves the job, then its result. On a share, a move may have been made although an error is reported.
for extension in json result.json; do
  from=$running.$extension
  to=$archive/$job.$extension
  moved "$from" "$to" || { [ ! -e "$from" ] && [ -e "$to" ]; } || exit 1
  sync "$archive"
done
exit "$status"
