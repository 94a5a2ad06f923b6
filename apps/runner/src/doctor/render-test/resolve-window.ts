import { runProcess } from '../../process/child-process.ts';

const STALL_SECONDS = 10;

/** Whether the Resolve of this machine has a window. No call of its interface tells; the arguments of its process do. */
export async function resolveWindow(): Promise<
  'with its window' | 'with -nogui' | 'window unknown'
> {
  const chunks: Uint8Array[] = [];
  await runProcess(['ps', '-axo', 'args='], {
    stallSeconds: STALL_SECONDS,
    onStdout: (chunk) => chunks.push(chunk) > 0,
  }).catch(() => null);
  const lines = Buffer.concat(chunks).toString().split('\n');
  const one = lines.find((line) => /^\S*(?:[^\n]*\/)?resolve(?:\s|$)/i.test(line.trim()));
  if (one === undefined) return 'window unknown';
  return /\s-nogui\b/.test(one) ? 'with -nogui' : 'with its window';
}
