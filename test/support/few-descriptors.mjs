// Loaded into a runner: at SIGUSR2 it takes all descriptors but a few, and at the next one gives them back. Files can be opened meanwhile,
// and no program be started, whose pipes need more at once.
import { closeSync, openSync } from 'node:fs';

const LEFT = 5;
const taken = [];

process.on('SIGUSR2', () => {
  if (taken.length > 0) {
    for (const descriptor of taken.splice(0)) closeSync(descriptor);
    return;
  }
  try {
    for (;;) taken.push(openSync('/dev/null'));
  } catch {
    for (const descriptor of taken.splice(-LEFT)) closeSync(descriptor);
  }
  console.error('No more descriptors');
});
