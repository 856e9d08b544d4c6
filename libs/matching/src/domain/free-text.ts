/** Kinds of personal data that a free text seems to hold. Texts are kept all the same, and shown to staff and the structure only. */
export const TEXT_WARNINGS = ['e-mail', 'telephone', 'social-security-number', 'name'] as const;
export type TextWarning = (typeof TEXT_WARNINGS)[number];

const SIGNS: Readonly<Record<TextWarning, RegExp>> = {
  'e-mail': /[^\s@]+@[^\s@]+\.[a-z]{2,}/i,
  telephone: /(?:\+33|\b0)[\s.-]?[1-9](?:[\s.-]?\d{2}){4}\b/,
  'social-security-number': /\b[12]\s?\d{2}\s?(?:0[1-9]|1[0-2])\s?\d{2}\s?\d{3}\s?\d{3}\b/,
  name: /\b(?:Mme|Mlle|Mr|M\.|Monsieur|Madame)\s+\p{Lu}/u,
};

/** No beneficiary is ever named: what to warn the writer of. */
export function warningsOf(text: string): TextWarning[] {
  return TEXT_WARNINGS.filter((kind) => SIGNS[kind].test(text));
}
