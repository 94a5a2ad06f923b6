#!/bin/sh
# Stands in for ffprobe where PROBE_SOURCE and PROBE_PROXY name what the real one said before.
case "$*" in *:/proc/*/fd/*) exec cat "$PROBE_PROXY" ;; *) exec cat "$PROBE_SOURCE" ;; esac
