import { runProcess } from '@app/storage';

const STALL_SECONDS = 10;

/** Seconds since the start of the Resolve that runs on this machine; `null` without one, and where nothing lists it, as on Windows. */
export async function ageOfResolve(): Promise<number | null> {
  const chunks: Uint8Array[] = [];
  await runProcess(['ps', '-axo', 'etime=,args='], {
    stallSeconds: STALL_SECONDS,
    onStdout: (chunk) => chunks.push(chunk),
  }).catch(() => null);
  for (const line of Buffer.concat(chunks).toString().split('\n')) {
    const [, age] = /^\s*([\d:-]+)\s+(?:\/(?:(?! \/).)*\/)?resolve(?:\s.*)?$/i.exec(line) ?? [];
    if (age !== undefined) return secondsOf(age);
  }
  return null;
}

/** `[[days-]hours:]minutes:seconds`. */
function secondsOf(age: string): number {
  const [days, clock] = age.includes('-') ? age.split('-') : ['0', age];
  const parts = (clock ?? '').split(':').map(Number);
  return Number(days) * 86_400 + parts.reduce((sum, part) => sum * 60 + part, 0);
}
