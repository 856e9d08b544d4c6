import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commonProblems } from '@lacollecte/http';
import { problems } from './problems.js';

/** Codes of every DomainError that the service's sources throw. */
function thrown(): Set<string> {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'));
  const codes = files.flatMap((file) => [...readFileSync(join(import.meta.dirname, file), 'utf8').matchAll(/new DomainError\('([a-z-]+)'/g)].map((match) => match[1] ?? ''));
  return new Set(codes);
}

describe('problems', () => {
  it('has a text for each code that is thrown, and none besides', () => {
    const own = [...thrown()].filter((code) => !(code in commonProblems));
    expect(own.sort()).toEqual(Object.keys(problems).sort());
  });

  it('says the same in both languages', () => {
    const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
    for (const [code, { fr, en }] of Object.entries(problems)) expect([code, names(fr)]).toEqual([code, names(en)]);
  });
});
