/** Finding of `doctor`. A problem makes jobs fail; a warning weakens a guarantee. */
export interface Finding {
  verdict: 'ok' | 'warning' | 'problem' | 'report';
  /** Fact, and advice if something is wrong. */
  text: string;
}

export const ok = (text: string): Finding => ({ verdict: 'ok', text });
export const warning = (text: string): Finding => ({ verdict: 'warning', text });
export const problem = (text: string): Finding => ({ verdict: 'problem', text });
/** Neutral line for somebody else to read. */
export const report = (text: string): Finding => ({ verdict: 'report', text });
