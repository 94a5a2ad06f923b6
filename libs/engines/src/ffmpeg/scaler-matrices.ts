/** The scaler's names of the matrices that it knows. */
const SCALER_MATRICES: Readonly<Record<string, string>> = {
  bt709: 'bt709',
  smpte170m: 'smpte170m',
  bt470bg: 'bt470',
  smpte240m: 'smpte240m',
  fcc: 'fcc',
  bt2020nc: 'bt2020',
};

/** @returns `undefined` for a matrix that the scaler doesn't know. */
export function scalerMatrix(name: string | null): string | undefined {
  return SCALER_MATRICES[name ?? ''];
}
