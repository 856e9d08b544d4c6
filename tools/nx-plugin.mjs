import { dirname, join } from 'node:path';
import { existsSync, readFileSync } from 'node:fs';

/** What libs/deployment checks. */
const deployed = ['Dockerfile', '.dockerignore', 'docker-compose.yml', 'deploy/**/*', 'k8s/**/*'].map((path) => `{workspaceRoot}/${path}`);
/** What every test may depend on: any source, for the end-to-end tests run them all. */
const everything = ['{workspaceRoot}/libs/**/*', '{workspaceRoot}/apps/**/*', '{workspaceRoot}/tools/**/*', '{workspaceRoot}/docs/**/*', ...deployed, 'sharedGlobals'];

/** A page, unlike every other project: bundled with the services' types, which come from what they say of themselves. */
const bundled = {
  build: {
    command: 'node apps/console/build.mjs', cache: true,
    inputs: ['production', '^production', '{workspaceRoot}/docs/openapi/*.json', '!{projectRoot}/e2e/**/*', '!{projectRoot}/fixtures/**/*'], outputs: ['{projectRoot}/dist', '{projectRoot}/src/api/generated'],
  },
};

/** The targets of a project, inferred from its folder: build, lint, typecheck, test, and serve for a process. */
function targetsOf(folder, { hasSpecs, isPage }) {
  const lint = { command: `oxlint --deny-warnings ${folder}`, cache: true, inputs: ['default', '{workspaceRoot}/.oxlintrc.json'] };
  if (folder === 'tools') return { lint, boundaries: { command: 'node tools/boundaries.mjs', cache: true, inputs: [...everything, '{workspaceRoot}/.dependency-cruiser.cjs'] } };
  const results = `{workspaceRoot}/.nx/test-results/${folder.replace('/', '-')}.json`;
  return {
    build: { command: `tsc -p ${folder}/tsconfig.json`, cache: true, dependsOn: ['^build'], inputs: ['production', '^production'], outputs: ['{projectRoot}/dist'] },
    ...(isPage && bundled),
    lint,
    ...(hasSpecs && {
      typecheck: { command: `${isPage ? `tsc -p ${folder}/tsconfig.json && ` : ''}tsc -p ${folder}/tsconfig.spec.json`, cache: true, dependsOn: ['build', { projects: ['@lacollecte/testing'], target: 'build' }], inputs: everything },
    }),
    test: {
      command: `jest ${folder}/ --passWithNoTests --json --outputFile=${results.replace('{workspaceRoot}/', '')}`,
      options: { env: { NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning' } },
      cache: true,
      // Pictures are no output: another folder for them is another run.
      inputs: [...everything, { env: 'SCREENSHOTS' }],
      outputs: [results],
    },
    ...(folder.startsWith('apps/') && !isPage && { serve: { command: `node ${folder}/dist/main.js`, continuous: true, dependsOn: ['build'] } }),
  };
}

/** Names of the projects that a project compiles against: the references of its tsconfig.json say so once for TypeScript and Nx. */
function referencesOf(root, folder) {
  const { references = [] } = JSON.parse(readFileSync(join(root, folder, 'tsconfig.json'), 'utf8'));
  return references.map(({ path }) => JSON.parse(readFileSync(join(root, folder, path, 'package.json'), 'utf8')).name);
}

export const name = 'lacollecte';

export const createNodes = [
  '{libs/*/tsconfig.json,apps/*/tsconfig.json,tools/nx-plugin.mjs}',
  (files, _options, { workspaceRoot }) =>
    files.map((file) => {
      const folder = dirname(file);
      const own = folder === 'tools' ? { name: 'tools' } : { implicitDependencies: referencesOf(workspaceRoot, folder) };
      const has = (name) => existsSync(join(workspaceRoot, folder, name));
      return [file, { projects: { [folder]: { root: folder, ...own, targets: targetsOf(folder, { hasSpecs: has('tsconfig.spec.json'), isPage: has('index.html') }) } } }];
    }),
];
