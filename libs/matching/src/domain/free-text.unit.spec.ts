import { warningsOf } from './free-text.js';

describe('warnings of a free text', () => {
  it.each([
    ['écrire à jeanne@exemple.fr', ['e-mail']],
    ['06 12 34 56 78 le soir', ['telephone']],
    ['+33612345678', ['telephone']],
    ['NIR 2 85 05 78 006 084', ['social-security-number']],
    ['pour Mme Dupont', ['name']],
    ['Douze élèves de troisième, reprise le 6 novembre 2026, budget 1200 €', []],
    ['', []],
  ])('%s', (text, warnings) => {
    expect(warningsOf(text)).toEqual(warnings);
  });
});
