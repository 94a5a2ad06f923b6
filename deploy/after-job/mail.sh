#!/bin/sh
# For --after-job: mails each failed job to MAIL_TO. Needs a `mail` program.
set -eu

result=$1
# A name may contain line breaks, and some mail programs take a line that begins with ~ as a command.
job=$(basename "$result" .result.json | tr -d '[:cntrl:]')

case $result in
*/failed/*) sed -n 's/^  "failure_reason": "\(.*\)",$/Reason: \1/p' "$result" | mail -s "Proxies: $job failed" "${MAIL_TO:?who is told}" ;;
esac
