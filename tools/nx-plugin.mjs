import { dirname, join } from 'node:path';
import { existsSync } from 'node:fs';

/** What every test may depend on: any source, for the end-to-end tests run them all. */
const everything = ['{workspaceRoot}/libs/**/*', '{workspaceRoot}/apps/**/*', '{workspaceRoot}/tools/**/*', '{workspaceRoot}/docs/**/*', 'sharedGlobals'];

/** The targets of a project, inferred from its folder: build, lint, typecheck, test, and serve for a process. */
function targetsOf(folder, hasSpecs) {
  const lint = { command: `oxlint --deny-warnings ${folder}`, cache: true, inputs: ['default', '{workspaceRoot}/.oxlintrc.json'] };
  if (folder === 'tools') return { lint, boundaries: { command: 'node tools/boundaries.mjs', cache: true, inputs: [...everything, '{workspaceRoot}/.dependency-cruiser.cjs'] } };
  const results = `{workspaceRoot}/.nx/test-results/${folder.replace('/', '-')}.json`;
  return {
    build: { command: `tsc -p ${folder}/tsconfig.json`, cache: true, dependsOn: ['^build'], inputs: ['production', '^production'], outputs: ['{projectRoot}/dist'] },
    lint,
    ...(hasSpecs && {
      typecheck: { command: `tsc -p ${folder}/tsconfig.spec.json`, cache: true, dependsOn: ['build', { projects: ['@lacollecte/testing'], target: 'build' }], inputs: everything },
    }),
    test: {
      command: `jest ${folder}/ --passWithNoTests --json --outputFile=${results.replace('{workspaceRoot}/', '')}`,
      options: { env: { NODE_OPTIONS: '--experimental-vm-modules' } },
      cache: true,
      inputs: everything,
      outputs: [results],
    },
    ...(folder.startsWith('apps/') && { serve: { command: `node ${folder}/dist/main.js`, continuous: true, dependsOn: ['build'] } }),
  };
}

export const name = 'lacollecte';

export const createNodes = [
  '{libs/*/tsconfig.json,apps/*/tsconfig.json,tools/nx-plugin.mjs}',
  (files, _options, { workspaceRoot }) =>
    files.map((file) => {
      const folder = dirname(file);
      const hasSpecs = existsSync(join(workspaceRoot, folder, 'tsconfig.spec.json'));
      return [file, { projects: { [folder]: { root: folder, ...(folder === 'tools' && { name: 'tools' }), targets: targetsOf(folder, hasSpecs) } } }];
    }),
];
