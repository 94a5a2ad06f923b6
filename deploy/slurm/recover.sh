#!/usr/bin/env bash
# After the array: what its tasks left in running/ was cut off, with a node or by force. A runner that may claim nothing archives it: decided
# jobs where they belong, all others as "runner interrupted". It exits with 1 when there were any.
exec watch-folder-runner "$1" --once --require-path "$1/.slurm/no-claims"
