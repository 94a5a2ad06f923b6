/** File of a clip that a RED camera has split: `A001_C001_0101AB_002.R3D`. */
export interface SpannedPart {
  /** Number, from 1. */
  part: number;
  /** Name of another part. */
  nameOf: (part: number) => string;
  /** Common stem of the parts: `A001_C001_0101AB`. */
  clip: string;
}

/** Parses a file name; `null` if it isn't that of a numbered part. RED's software finds the other parts from the first. */
export function spannedPart(fileName: string): SpannedPart | null {
  const [, clip = '', digits = '', extension = ''] = /^(.+)_(\d{3})(\.r3d)$/i.exec(fileName) ?? [];
  if (digits === '') return null;
  const nameOf = (part: number) => `${clip}_${String(part).padStart(3, '0')}${extension}`;
  return { part: Number(digits), nameOf, clip };
}

/** Possible names of the settings file beside a clip, with which Resolve develops the clip. */
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
