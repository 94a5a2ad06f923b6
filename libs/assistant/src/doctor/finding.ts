/** One thing that `doctor` looked at. A problem makes jobs fail; a warning weakens a guarantee. */
export interface Finding {
  verdict: 'ok' | 'warning' | 'problem' | 'report';
  /** What was found, and what to do where it isn't well. */
  text: string;
}

export const ok = (text: string): Finding => ({ verdict: 'ok', text });
export const warning = (text: string): Finding => ({ verdict: 'warning', text });
export const problem = (text: string): Finding => ({ verdict: 'problem', text });
/** Lines that judge nothing, for somebody else to read. */
export const report = (text: string): Finding => ({ verdict: 'report', text });
