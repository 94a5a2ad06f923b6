import { cardsSection } from './cards-section.ts';
import { outputCodecsSection } from './output-codecs-section.ts';
import { resolveCodecsSection } from './resolve-codecs-section.ts';
import { sourceFormatsSection } from './source-formats-section.ts';

const INTRODUCTION = `# Engine capabilities

What each engine takes and makes. Written from the code's own tables by \`npm run capabilities\`; a test keeps it in step.`;

/** Text of `docs/ENGINE_CAPABILITIES.md`. */
export function capabilitiesDocument(): string {
  const sections = [
    INTRODUCTION,
    sourceFormatsSection(),
    outputCodecsSection(),
    resolveCodecsSection(),
    cardsSection(),
  ];
  return `${sections.join('\n\n')}\n`;
}
