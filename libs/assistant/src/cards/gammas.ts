/** Descriptions of gamma metadata, by lower-case key. */
export const GAMMA_KEYS = {
  capturegammaequation: 'Sony: `CaptureGammaEquation` in the `…M01.XML` beside a clip',
  capturegamma: 'Panasonic: `CaptureGamma` in `com.panasonic.Semi-Pro.metadata.xml` of a MOV',
  'com.arri.camera.colorgammasxs': 'ARRI: `com.arri.camera.ColorGammaSxS` of a MOV',
  'com.dji.camera.colorgammasxs': 'DJI: `com.dji.camera.ColorGammaSxS` of an MP4',
  'com.apple.proapps.customgamma': 'Blackmagic Camera: `com.apple.proapps.customgamma` of a MOV',
  'com.atomos.hdr.gamma': 'Atomos: `com.atomos.hdr.gamma` of a MOV',
  color_transfer: 'any: the transfer in the header',
} as const;

export type GammaKey = keyof typeof GAMMA_KEYS;

/**
 * Known gammas, seen in clips or documented by their makers: metadata key, value in lower case, and name for `--look`,
 * with the gamut after a hyphen. A header's BT.709 is ignored: cameras write it for any recording.
 */
export const GAMMAS: readonly (readonly [at: GammaKey, value: string, name: string])[] = [
  ['capturegammaequation', 's-log3-cine', 'slog3-cine'],
  ['capturegammaequation', 's-log3', 'slog3'],
  ['capturegammaequation', 's-log2', 'slog2'],
  ['capturegammaequation', 's-cinetone', 'scinetone'],
  ['capturegammaequation', 'rec709', 'rec709'],
  ['capturegamma', 'v-log', 'vlog'],
  ['capturegamma', 'v-logl', 'vlog'],
  // ALEXA 35 and later record LogC4 and don't write MOV.
  ['com.arri.camera.colorgammasxs', 'log-c', 'logc3'],
  ['com.arri.camera.colorgammasxs', 'rec-709', 'rec709'],
  ['com.dji.camera.colorgammasxs', 'd-log', 'dlog'],
  ['com.dji.camera.colorgammasxs', 'd-log2', 'dlog2'],
  ['com.dji.camera.colorgammasxs', 'rec.709', 'rec709'],
  ['com.dji.camera.colorgammasxs', 'rec.2100 hlg', 'hlg'],
  ['com.apple.proapps.customgamma', 'com.apple.rec2020.apple-log', 'applelog'],
  ['com.atomos.hdr.gamma', 'vlog', 'vlog'],
  ['com.atomos.hdr.gamma', 'rec709', 'rec709'],
  ['color_transfer', 'arib-std-b67', 'hlg'],
  ['color_transfer', 'smpte2084', 'pq'],
];

/** Values of KIND in `--look KIND=FILE`, apart from camera models. */
export const GAMMA_NAMES: readonly string[] = [...new Set(GAMMAS.map(([, , word]) => word))];
