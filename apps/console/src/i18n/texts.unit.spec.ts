import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const SRC = join(import.meta.dirname, '..');
const LANGUAGES = ['fr', 'en'] as const;
const PLURAL = /_(zero|one|two|few|many|other)$/;
type Texts = { readonly [key: string]: string | Texts };

/** `people.name` → text. */
function flat(texts: Texts, before = ''): Map<string, string> {
  return new Map(Object.entries(texts).flatMap(([key, text]) => (typeof text === 'string' ? [[before + key, text] as const] : [...flat(text, `${before}${key}.`)])));
}

const namespacesOf = (language: string) => readdirSync(join(SRC, 'i18n', language)).map((file) => file.replace(/\.json$/, '')).sort();
const textsOf = (language: string, namespace: string) => flat(JSON.parse(readFileSync(join(SRC, 'i18n', language, `${namespace}.json`), 'utf8')) as Texts);
const variablesOf = (text: string) => [...new Set([...text.matchAll(/\{\{-?\s*(\w+)/g)].map(([, name]) => name))].sort();

function sourcesBelow(...folders: string[]): string {
  const files = folders.flatMap((folder) => readdirSync(join(SRC, folder), { recursive: true, withFileTypes: true }));
  return files.filter(({ name }) => /\.tsx?$/.test(name) && !name.includes('.spec.')).map((file) => readFileSync(join(file.parentPath, file.name), 'utf8')).join('\n');
}

/** A workspace's texts are its own; the frame names its pages and what its search is for. */
function sourcesOf(namespace: string): string {
  if (namespace === 'shell') return sourcesBelow('shell', 'session');
  return namespace === 'parts' ? sourcesBelow('parts') : sourcesBelow(`workspaces/${namespace}`);
}

/** Whether the code names the key, as it is or with a part that is computed. */
function uses(source: string): (key: string) => boolean {
  const literals = new Set([...source.matchAll(/(['"])([\w.:-]+)\1/g)].map(([, , text]) => text!));
  const templates = [...source.matchAll(/`([\w.:-]*(?:\$\{[^}`]+\}[\w.:-]*)+)`/g)].map(([, text]) => new RegExp(`^${text!.split(/\$\{[^}]+\}/).map((part) => part.replaceAll('.', '\\.')).join('[\\w-]+')}$`));
  return (key) => literals.has(key) || templates.some((template) => template.test(key) && template.source !== '^[\\w-]+$');
}

test('both languages have the same namespaces', () => {
  expect(namespacesOf('en')).toEqual(namespacesOf('fr'));
});

describe.each(namespacesOf('fr'))('%s', (namespace) => {
  const [french, english] = LANGUAGES.map((language) => textsOf(language, namespace)) as [Map<string, string>, Map<string, string>];

  it('has every text in both languages, with the same values in it', () => {
    expect([...english.keys()].sort()).toEqual([...french.keys()].sort());
    for (const [key, text] of french) expect([key, variablesOf(english.get(key)!)]).toEqual([key, variablesOf(text)]);
  });

  it('has no empty text, and a plural for every singular', () => {
    for (const texts of [french, english]) {
      for (const [key, text] of texts) expect([key, text.trim()]).not.toEqual([key, '']);
      const plurals = [...texts.keys()].filter((key) => PLURAL.test(key));
      expect(plurals.filter((key) => key.endsWith('_one')).map((key) => key.replace(PLURAL, '_other')).filter((key) => !texts.has(key))).toEqual([]);
    }
  });

  it('has no text that nothing shows', () => {
    const pages = /pages: \[([^\]]*)\]/.exec(sourcesOf(namespace))?.[1] ?? '';
    const byFrame = new Set([...pages.matchAll(/'([\w-]+)'/g)].map(([, page]) => `nav.${page}`).concat('search'));
    const used = uses(sourcesOf(namespace));
    expect([...french.keys()].map((key) => key.replace(PLURAL, '')).filter((key) => !byFrame.has(key) && !used(key))).toEqual([]);
  });
});

test('every page of a workspace has a name, and its search says what it is for', () => {
  for (const workspace of readdirSync(join(SRC, 'workspaces'), { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    const source = readFileSync(join(SRC, 'workspaces', workspace.name, 'workspace.ts'), 'utf8');
    const [, pages = ''] = /pages: \[([^\]]*)\]/.exec(source) ?? [];
    const wanted = [...pages.matchAll(/'([\w-]+)'/g)].map(([, page]) => `nav.${page}`).concat(source.includes('search:') ? ['search'] : []);
    expect(wanted.length).toBeGreaterThan(0);
    expect(wanted.filter((key) => !textsOf('fr', workspace.name).has(key))).toEqual([]);
  }
});
