import type { Settings } from '../settings/settings.ts';

/** Where readers reach the dashboard, without a final slash: as it was set, or else as this request did. */
export function publicBase({ publicUrl }: Settings, headers: Headers): string {
  return publicUrl ?? `http://${headers.get('host') ?? 'localhost'}`;
}
