import type { Container } from '@app/jobspec';

/** Languages with two ISO 639-2 codes: terminological, then bibliographic. */
const TWO_CODES: readonly (readonly [string, string])[] = [
  ['bod', 'tib'],
  ['ces', 'cze'],
  ['cym', 'wel'],
  ['deu', 'ger'],
  ['ell', 'gre'],
  ['eus', 'baq'],
  ['fas', 'per'],
  ['fra', 'fre'],
  ['hye', 'arm'],
  ['isl', 'ice'],
  ['kat', 'geo'],
  ['mkd', 'mac'],
  ['msa', 'may'],
  ['mya', 'bur'],
  ['nld', 'dut'],
  ['ron', 'rum'],
  ['slk', 'slo'],
  ['sqi', 'alb'],
  ['zho', 'chi'],
];

/** The codes that FFmpeg 7.1.5 writes into MOV, measured one by one; it drops all others without a word. */
const MOV_CODES = new Set(
  `alb amh ara arm asm aym aze baq bel ben bul bur cat ces chi dan dut dzo eng epo est fin fra geo ger gre grn guj heb
  hin hun ice ind ita jav jpn kan kas kaz khm kin kir kor kur lao lat lav lit mac mal mar may mlg mlt mol mon nep nor nya
  ori orm pol por pus que ron run rus san sin slk slv snd som spa swa swe tam tat tel tgk tgl tha tib tir tuk tur uig
  ukr urd uzb vie wel yid`.split(/\s+/),
);

/** One code for a language, whichever of the two a file uses, so that they compare. */
export function canonicalLanguage(code: string): string {
  return TWO_CODES.find(([, bibliographic]) => bibliographic === code)?.[0] ?? code;
}

/** The code to write for a language so that the container keeps it; `null` when it has no place for it. */
export function writableLanguage(code: string, container: Container): string | null {
  if (container === 'mxf') return null;
  if (container !== 'mov') return code;
  const canonical = canonicalLanguage(code);
  const other = TWO_CODES.find(([terminological]) => terminological === canonical)?.[1];
  return [code, canonical, other].find((name) => name !== undefined && MOV_CODES.has(name)) ?? null;
}
