import { linesOf } from './json-lines.js';

it('marks what is at fault where it stands, and what is not there where it should be', () => {
  const lines = linesOf('{"name":7,"site/a":{"bins":[1,"x"]}}', [{ pointer: '/name', message: 'a text' }, { pointer: '/site~1a/bins/1', message: 'a number' }, { pointer: '/site~1a/city', message: 'required' }]);
  expect(lines.map(({ depth, content, absent, messages }) => `${' '.repeat(depth)}${content}${absent ? '–' : ''}${messages.map((message) => ` ← ${message}`).join('')}`)).toEqual([
    '{', ' "name": 7, ← a text', ' "site/a": {', '  "bins": [', '   1,', '   "x" ← a number', '  ]', '  "city": – ← required', ' }', '}',
  ]);
});

it('shows what is not JSON as it is', () => {
  expect(linesOf('{"half":', [{ pointer: '', message: 'Unexpected end' }])).toEqual([{ depth: 0, content: '{"half":', absent: false, messages: ['Unexpected end'] }]);
});
