/** `node --import ./tools/source.mjs file.ts` runs the libraries from their sources, with no build. */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';
import { swcOptions } from './swc-options.mjs';

const isSource = (url) => url?.startsWith('file:') && url.endsWith('.ts') && !url.includes('/node_modules/');

registerHooks({
  resolve(specifier, context, next) {
    const conditions = ['@lacollecte/source', ...context.conditions];
    const relative = isSource(context.parentURL) && /^\.{1,2}\/.*\.js$/.test(specifier);
    return next(relative ? specifier.replace(/\.js$/, '.ts') : specifier, { ...context, conditions });
  },
  load(url, context, next) {
    if (!isSource(url)) return next(url, context);
    const filename = fileURLToPath(url);
    const { code } = transformSync(readFileSync(filename, 'utf8'), { ...swcOptions, filename, configFile: false, swcrc: false });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
