import { HeldEntry } from './held-entry.ts';
import { contains, realPathOf } from './real-path.ts';

/** The folders that something must lie in; where none are named, it may lie anywhere. */
export class Roots {
  static readonly anywhere = new Roots([], []);

  private constructor(
    /** As they were named. */
    readonly names: readonly string[],
    private readonly places: readonly string[],
  ) {}

  /** Their links are followed now, and no more. */
  static async of(names: readonly string[]): Promise<Roots> {
    const places: string[] = [];
    for (const name of names) {
      const { real } = await realPathOf(name);
      // On disks that ignore case the system may write it otherwise.
      places.push(real, await placeOf(real));
    }
    return new Roots(names, places);
  }

  /** @param place without links. */
  contain(place: string): boolean {
    return this.names.length === 0 || this.places.some((root) => contains(root, place));
  }

  /** Judges what is held, whatever its name was: what can't be placed is outside. */
  async hold(entry: HeldEntry): Promise<boolean> {
    if (this.names.length === 0) return true;
    const place = await entry.place().catch(() => null);
    return place !== null && this.contain(place);
  }
}

async function placeOf(path: string): Promise<string> {
  const entry = await HeldEntry.open(path).catch(() => null);
  if (entry === null) return path;
  try {
    return await entry.place().catch(() => path);
  } finally {
    await entry.close();
  }
}
