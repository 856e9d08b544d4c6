import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the warehouse's people open with no network; what else there is comes from the network. */
const OFFLINE = /\/src\/(workspaces\/warehouse|offline|shell|parts|i18n\/(?:fr|en)\/(?:shell|parts|warehouse)\.json)/;

/** Writes `sw.js`, which keeps the page and every file that the warehouse needs. */
export function serviceWorker() {
  return {
    name: 'service-worker',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const chunks = Object.values(bundle).filter(({ type }) => type === 'chunk');
        const wanted = new Set();
        const want = (file) => {
          const chunk = bundle[file];
          if (!chunk || wanted.has(file)) return;
          wanted.add(file);
          for (const style of chunk.viteMetadata?.importedCss ?? []) wanted.add(style);
          for (const needed of chunk.imports) want(needed);
        };
        for (const { fileName, isEntry, moduleIds } of chunks) if (isEntry || moduleIds.some((id) => OFFLINE.test(id))) want(fileName);
        for (const name of Object.keys(bundle)) if (/inter-latin-wght.*\.woff2$/.test(name)) wanted.add(name);
        const files = ['/index.html', '/icon.svg', '/manifest.webmanifest', ...[...wanted].sort().map((file) => `/${file}`)];
        const template = readFileSync(join(import.meta.dirname, 'service-worker.js'), 'utf8');
        const version = createHash('sha256').update(template).update(JSON.stringify(files)).update(readFileSync(join(import.meta.dirname, 'index.html'))).digest('hex').slice(0, 12);
        this.emitFile({ type: 'asset', fileName: 'sw.js', source: template.replace('__FILES__', JSON.stringify(files)).replace('__VERSION__', version) });
      },
    },
  };
}
