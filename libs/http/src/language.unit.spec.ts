import { languageOf } from './language.js';
import { fill } from './problem.filter.js';

test.each([
  [undefined, 'fr'], ['', 'fr'], ['*', 'fr'], ['de', 'fr'], ['fr', 'fr'], ['en', 'en'], ['en-US,en;q=0.9', 'en'], ['fr-CA, en', 'fr'], ['en, fr', 'en'],
  ['en;q=0.1, fr;q=0.9', 'fr'], ['en;q=0', 'fr'], ['enm, frr', 'fr'], [' EN-gb ; q=0.8', 'en'], ['en;q=x', 'fr'],
])('Accept-Language %p is answered in %p', (header, language) => {
  expect(languageOf(header)).toBe(language);
});

test('a text is filled from the params and nothing else', () => {
  expect(fill('{a} of {b}, {constructor}', { a: 1, b: 'two' }, 'en')).toBe('1 of two, {constructor}');
});

test('codes and moments are said in the reader’s language, what people typed is left alone', () => {
  const text = '{step}, {state}, {wanted}, {at}, {serial}';
  const params = { step: 'unblock', state: 'in-workshop', wanted: 'draft, submitted', at: '2026-11-23T12:12:11.593Z', serial: 'test' };
  expect(fill(text, params, 'fr')).toBe('déblocage, à l’atelier, brouillon, proposé, 23 novembre 2026 à 13:12, test');
  expect(fill(text, params, 'en')).toBe('unblock, in the workshop, draft, submitted, 23 November 2026 at 13:12, test');
  expect(fill('{state}', { state: 'constructor' }, 'fr')).toBe('constructor');
});
