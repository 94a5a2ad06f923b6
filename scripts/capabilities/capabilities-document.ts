import { cardsSection } from './cards-section.ts';
import { outputCodecsSection } from './output-codecs-section.ts';
import { resolveCodecsSection } from './resolve-codecs-section.ts';
import { sourceFormatsSection } from './source-formats-section.ts';

const INTRODUCTION = `# Engine capabilities

What each engine accepts and makes. Generated from the tables in the code by \`npm run capabilities\`; a test checks that it is up to date.`;

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
