#!/bin/sh
# For --after-job: a mail for each job that failed, and one when no job is left. MAIL_TO names who is told; it needs a program `mail`.
set -eu

result=$1
# A name may hold line breaks, and a line that begins with ~ is a command to some programs for mail.
job=$(basename "$result" .result.json | tr -d '[:cntrl:]')
say() {
  mail -s "$1" "${MAIL_TO:?who is told}"
}

case $result in
*/failed/*) sed -n 's/^  "failure_reason": "\(.*\)",$/Reason: \1/p' "$result" | say "Proxies: $job failed" ;;
esac
if [ "$JOBS_PENDING $JOBS_RUNNING $JOBS_UNTOLD" = '0 0 0' ]; then
  printf 'The last one was %s.\n' "$job" | say 'Proxies: no job is left'
fi
