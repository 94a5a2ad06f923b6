#!/usr/bin/env bash
# One task of an array: claims its JobSpec by rename, runs it, and archives it with its result as a watch folder does. Killed between
# any two of its steps, it leaves what recover.sh brings to rest: the job once, in one folder, its result beside it.
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

# Only on one file system a move is whole or not made. Better to know before the work.
folders=("$farm/pending" "$farm/running" "$farm/completed" "$farm/failed")
if ! devices=$(stat -Lc %d "${folders[@]}" | sort -u) || [ "$(wc -l <<<"$devices")" -ne 1 ]; then
  echo "$name stays in pending/: the four folders of $farm must be there, on one file system." >&2
  exit 1
fi

# Of a move that replaces nothing, only its own words say in every version of mv whether it was made.
moved() { [ -n "$(mv -nvT "$1" "$2" 2>/dev/null)" ]; }

# Until it is archived, a job keeps its name. A rename has one winner, whoever else was given this index.
claim=$farm/running/$name
running=${claim%.json}
if [ -e "$running.result.json" ] || ! moved "$pending" "$claim"; then
  if [ ! -e "$pending" ] && [ ! -L "$pending" ]; then
    echo "$name is gone from pending/."
    exit
  fi
  echo "$name stays in pending/: it can't be moved into running/. Look at the rights there, and for a job of that name." >&2
  exit 1
fi

put_back() {
  if moved "$claim" "$pending"; then
    echo "$name goes back to pending/: $1" >&2
  else
    echo "$name stays in running/, since it can't go back to pending/: $1" >&2
  fi
}

# Writers to pending/ may have replaced the file since the list was made; in running/ they no longer can.
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

# Under a name that nobody has: x.json, x.2.json, … Nothing in the archive is ever replaced. So many bytes leave room for x.result.json.
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

# Slurm counts, limits and stops what srun starts.
launch=()
if [ -n "${SLURM_JOB_ID:-}" ]; then launch=(srun --ntasks=1); fi
"${launch[@]}" watch-folder-runner run --progress --result "$running.result.json" "--archived-as=$job.json" "$claim" &
runner=$!
# A stop or time limit ends the runner, which says so in its result; this script lives on to archive it.
trap 'kill -TERM "$runner" 2>/dev/null || true' TERM
while true; do
  status=0
  wait "$runner" || status=$?
  if ! kill -0 "$runner" 2>/dev/null; then break; fi
done

# A result that has its name is whole, and safe from a crash: its job is decided.
if [ ! -e "$running.result.json" ]; then
  case $status in
    # A bad setting, a required path that is missing on this node, a program that can't be started: nothing was begun, so the JobSpec
    # waits again. All else was cut off: the recovery archives it.
    2 | 4 | 126 | 127) put_back "watch-folder-runner ended with $status." ;;
  esac
  exit $((status > 0 ? status : 1))
fi
case $status in
  0) archive=$farm/completed ;;
  1) archive=$farm/failed ;;
  # Killed when its result was written: the recovery reads there where it belongs.
  *) exit "$status" ;;
esac

# Others may have taken its name meanwhile: then the recovery gives the job and its result another.
if is_archived "$job"; then
  echo "$job.json is taken in the archive by now: $name waits in running/ for the recovery." >&2
  exit 1
fi
# Only moves are left, first the job, then its result. The answer to one may be lost on its way from the server.
for extension in json result.json; do
  from=$running.$extension
  to=$archive/$job.$extension
  moved "$from" "$to" || { [ ! -e "$from" ] && [ -e "$to" ]; } || exit 1
  sync "$archive"
done
exit "$status"
