#!/usr/bin/env node
// For --after-job: a message to a chat for each job that failed. WEBHOOK_URL takes {"text": …}, as those of Slack and Mattermost do.
import { readFileSync } from 'node:fs';

const result = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
const { final_status, failure_reason, _metadata } = result;

/** Slack takes <…> for a link or a call of everybody, and wants these three as entities: names and reasons are only text. */
const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escaped = (text) => text.replaceAll(/[&<>]/g, (character) => ENTITIES[character]);

if (final_status !== 'COMPLETED') {
  const text = escaped(`${_metadata.archived_as} failed: ${failure_reason}`);
  const response = await fetch(process.env.WEBHOOK_URL ?? '', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text }),
    signal: AbortSignal.timeout(20_000),
  });
  if (!response.ok) throw new Error(`The chat answered ${response.status}.`);
}
