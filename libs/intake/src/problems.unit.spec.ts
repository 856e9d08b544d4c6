import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commonProblems } from '@lacollecte/http';
import { problems } from './problems.js';

/** Every word in quotes of the service's sources: codes are thrown, listed for fields, or kept with a refused row. */
function said(): Set<string> {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts') && file !== 'problems.ts');
  return new Set(files.flatMap((file) => [...readFileSync(join(import.meta.dirname, file), 'utf8').matchAll(/'([a-z]+(?:-[a-z]+)+)'/g)].map((match) => match[1] ?? '')));
}
function thrown(): string[] {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'));
  return files.flatMap((file) => [...readFileSync(join(import.meta.dirname, file), 'utf8').matchAll(/(?:new DomainError\(|code: )'([a-z-]+)'/g)].map((match) => match[1] ?? ''));
}

it('each code that is thrown has a text, and each text a code that is said', () => {
  const known = { ...commonProblems, ...problems };
  expect(thrown().filter((code) => !(code in known))).toEqual([]);
  const words = said();
  expect(Object.keys(problems).filter((code) => !words.has(code))).toEqual([]);
});

it('says the same in both languages', () => {
  const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
  for (const [code, { fr, en }] of Object.entries(problems)) expect([code, names(fr)]).toEqual([code, names(en)]);
});
