#!/usr/bin/env node
// For --after-job: a message to a chat for each job that failed, and one when no job is left. WEBHOOK_URL takes {"text": …}, as those of
// Slack and Mattermost do.
import { readFileSync } from 'node:fs';

const { WEBHOOK_URL = '', JOBS_PENDING, JOBS_RUNNING, JOBS_UNTOLD } = process.env;
const result = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
const { final_status, failure_reason, _metadata } = result;

const messages = [];
if (final_status !== 'COMPLETED')
  messages.push(`${_metadata.archived_as} failed: ${failure_reason}`);
if ([JOBS_PENDING, JOBS_RUNNING, JOBS_UNTOLD].every((count) => count === '0'))
  messages.push('No job is left.');

/** Slack takes <…> for a link or a call of everybody, and wants these three as entities: names and reasons are only text. */
const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escaped = (text) => text.replaceAll(/[&<>]/g, (character) => ENTITIES[character]);

for (const text of messages.map(escaped)) {
  const response = await fetch(WEBHOOK_URL, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text }),
    signal: AbortSignal.timeout(20_000),
  });
  if (!response.ok) throw new Error(`The chat answered ${response.status}.`);
}
