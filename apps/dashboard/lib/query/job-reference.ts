import type { JobReference } from './open-job.ts';

/** The segments of a page's URL, which Next hands over still encoded. @returns `null` when they are not well-formed */
export function decodeReference(reference: JobReference): JobReference | null {
  try {
    return {
      folder: decodeURIComponent(reference.folder),
      state: reference.state,
      name: decodeURIComponent(reference.name),
    };
  } catch {
    return null;
  }
}
