/** A file of a clip that a RED camera has split: `A001_C001_0101AB_002.R3D`. */
export interface SpannedPart {
  /** From 1. */
  part: number;
  /** The name of another part. */
  nameOf: (part: number) => string;
  /** What the parts have in common: `A001_C001_0101AB`. */
  clip: string;
}

/** Reads a file name; `null` when it is no numbered part. RED's software goes from the first part to the others by itself. */
export function spannedPart(fileName: string): SpannedPart | null {
  const [, clip = '', digits = '', extension = ''] = /^(.+)_(\d{3})(\.r3d)$/i.exec(fileName) ?? [];
  if (digits === '') return null;
  const nameOf = (part: number) => `${clip}_${String(part).padStart(3, '0')}${extension}`;
  return { part: Number(digits), nameOf, clip };
}

/** Names that a file of settings beside a clip can have: Resolve develops the clip by it. */
export function settingsNames(fileName: string): string[] {
  const [, stem = '', extension = ''] = /^(.+)\.([^.]+)$/.exec(fileName) ?? [];
  if (extension.toLowerCase() === 'braw') return [`${stem}.sidecar`];
  if (extension.toLowerCase() !== 'r3d') return [];
  const clip = spannedPart(fileName)?.clip;
  return [stem, ...(clip === undefined ? [] : [clip])].flatMap((name) => [
    `${name}.RMD`,
    `${name}.rmd`,
  ]);
}
