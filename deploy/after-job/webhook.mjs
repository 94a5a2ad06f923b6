#!/usr/bin/env node
// For --after-job: posts each failed job to a chat. WEBHOOK_URL must accept {"text": …}, as webhooks of Slack and Mattermost do.
import { readFileSync } from 'node:fs';

const result = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
const { final_status, failure_reason, _metadata } = result;

/** Slack reads <…> as a link or a mention. As entities, these characters in names and reasons are plain text. */
const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escaped = (text) => text.replaceAll(/[&<>]/g, (character) => ENTITIES[character]);

if (final_status !== 'COMPLETED') {
  const text = escaped(`${_metadata.archived_as} failed: ${failure_reason}`);
  const response = await fetch(process.env.WEBHOOK_URL ?? '', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text }),
    signal: AbortSignal.timeout(20_000),
  }).catch(({ message, cause }) => ({ status: cause?.message ?? message }));
  // The runner logs it.
  if (!response.ok) console.error(`The chat didn't take it: ${response.status}.`);
  process.exitCode = response.ok ? 0 : 1;
}
