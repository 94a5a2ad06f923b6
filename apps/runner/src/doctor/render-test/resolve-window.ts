import { runProcess } from '../../process/child-process.ts';

const STALL_SECONDS = 10;

export type ResolveWindow = 'with its window' | 'with -nogui' | 'window unknown';

/** What is still to be tested: a Resolve behaves otherwise without its window, and the runner neither starts nor ends one. */
const OTHER_HALF: Readonly<Record<ResolveWindow, string>> = {
  'with its window':
    'This is one half. The other is Resolve without a window: end it, start it with -nogui, run this again, and send both.',
  'with -nogui':
    'This is one half. The other is Resolve with its window: end it, start it without -nogui, run this again, and send both.',
  'window unknown':
    'Run this once with the window of Resolve and once with Resolve started with -nogui, say which is which, and send both.',
};

export function otherHalf(window: ResolveWindow): string {
  return OTHER_HALF[window];
}

/** Whether the Resolve of this machine has a window. No call of its interface tells; the arguments of its process do. */
export async function resolveWindow(): Promise<ResolveWindow> {
  const chunks: Uint8Array[] = [];
  await runProcess(['ps', '-axo', 'args='], {
    stallSeconds: STALL_SECONDS,
    onStdout: (chunk) => chunks.push(chunk),
  }).catch(() => null);
  const lines = Buffer.concat(chunks).toString().split('\n');
  const one = lines.find((line) => /^(?:\/(?:(?! \/).)*\/)?resolve(?:\s|$)/i.test(line.trim()));
  if (one === undefined) return 'window unknown';
  return /\s-nogui\b/.test(one) ? 'with -nogui' : 'with its window';
}
