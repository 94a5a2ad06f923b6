#!/usr/bin/env bash
# Runs after the array. Jobs still in running/ were cut off by a lost node or a kill. A runner that can't claim anything archives them: decided
# jobs where they belong, all others as "runner interrupted". Exits with 1 if there were any.
exec watch-folder-runner "$1" --once --require-path "$1/.slurm/no-claims"
