#!/bin/sh
# For --after-job: a mail for each job that failed. MAIL_TO names who is told; it needs a program `mail`.
set -eu

result=$1
# A name may hold line breaks, and a line that begins with ~ is a command to some programs for mail.
job=$(basename "$result" .result.json | tr -d '[:cntrl:]')

case $result in
*/failed/*) sed -n 's/^  "failure_reason": "\(.*\)",$/Reason: \1/p' "$result" | mail -s "Proxies: $job failed" "${MAIL_TO:?who is told}" ;;
esac
