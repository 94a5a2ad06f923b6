/** The codes that FFmpeg 7.1.5 writes into MOV, measured one by one; it drops all others without a word. */
export const QUICKTIME_LANGUAGES: ReadonlySet<string> = new Set(
  `alb amh ara arm asm aym aze baq bel ben bul bur cat ces chi dan dut dzo eng epo est fin fra geo ger gre grn guj heb
  hin hun ice ind ita jav jpn kan kas kaz khm kin kir kor kur lao lat lav lit mac mal mar may mlg mlt mol mon nep nor nya
  ori orm pol por pus que ron run rus san sin slk slv snd som spa swa swe tam tat tel tgk tgl tha tib tir tuk tur uig
  ukr urd uzb vie wel yid`.split(/\s+/),
);
