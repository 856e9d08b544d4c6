import { languageOf } from './language.js';
import { fill } from './problem.filter.js';

test.each([
  [undefined, 'fr'], ['', 'fr'], ['*', 'fr'], ['de', 'fr'], ['fr', 'fr'], ['en', 'en'], ['en-US,en;q=0.9', 'en'], ['fr-CA, en', 'fr'], ['en, fr', 'en'],
  ['en;q=0.1, fr;q=0.9', 'fr'], ['en;q=0', 'fr'], ['enm, frr', 'fr'], [' EN-gb ; q=0.8', 'en'], ['en;q=x', 'fr'],
])('Accept-Language %p is answered in %p', (header, language) => {
  expect(languageOf(header)).toBe(language);
});

test('a text is filled from the params and nothing else', () => {
  expect(fill('{a} of {b}, {constructor}', { a: 1, b: 'two' })).toBe('1 of two, {constructor}');
});
