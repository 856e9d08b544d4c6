const { existsSync, readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

/** Names of the libraries with this Nx tag. */
function tagged(tag) {
  const libs = join(__dirname, 'libs');
  const names = readdirSync(libs).filter((name) => {
    const file = join(libs, name, 'package.json');
    return existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).nx?.tags?.includes(tag);
  });
  return names.join('|');
}

const services = tagged('type:service');
const platform = tagged('type:platform');
const spec = '\\.spec\\.ts$';
/** Test support, no part of what runs. */
const test = `${spec}|^libs/testing/|/src/testing/|^apps/[^/]+/(fixtures|e2e)/|\\.conformance\\.ts$`;

/** Each rule is broken by a file in tools/canary, and tools/boundaries.mjs checks that it fires. */
module.exports = {
  forbidden: [
    {
      name: 'no-service-imports-a-service',
      comment: 'Across services there are only events.',
      severity: 'error',
      from: { path: `^libs/(${services})/` },
      to: { path: `^libs/(${services})/`, pathNot: '^libs/$1/' },
    },
    {
      name: 'contracts-import-only-zod',
      comment: 'The contracts have no framework and no I/O.',
      severity: 'error',
      from: { path: '^libs/contracts/', pathNot: spec },
      to: { pathNot: '^libs/contracts/|node_modules/zod/' },
    },
    {
      name: 'domain-is-pure',
      comment: 'A domain folder imports the contracts and itself.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/src/domain/', pathNot: spec },
      to: { pathNot: '^libs/contracts/|^libs/$1/src/domain/' },
    },
    {
      name: 'projections-are-of-events',
      comment: 'What makes a projection knows the contracts and nothing of its service, so that a replay can make it again.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/src/projections/', pathNot: spec },
      to: { pathNot: '^libs/(contracts|messaging)/|^libs/$1/src/projections/' },
    },
    {
      name: 'consumers-write-projections',
      comment: 'And the definition names them. A command reads the table.',
      severity: 'error',
      from: { path: '^libs/[^/]+/src/', pathNot: `${test}|^libs/[^/]+/src/(events/|projections/|[^/]+\\.service\\.ts$)` },
      to: { path: '^libs/[^/]+/src/projections/' },
    },
    {
      name: 'no-library-imports-an-app',
      severity: 'error',
      from: { path: '^(libs|tools)/' },
      to: { path: '^apps/' },
    },
    {
      name: 'no-app-imports-an-app',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'console-knows-contracts-alone',
      comment: 'It runs in a browser, and speaks to the services over HTTP.',
      severity: 'error',
      from: { path: '^apps/console/src/', pathNot: spec },
      to: { path: '^libs/', pathNot: '^libs/contracts/' },
    },
    {
      name: 'platform-imports-no-service',
      severity: 'error',
      from: { path: `^libs/(${platform})/`, pathNot: spec },
      to: { path: `^libs/(${services})/` },
    },
    {
      name: 'platform-layers',
      comment: 'contracts, database, then http and messaging, then runtime.',
      severity: 'error',
      from: { path: '^libs/(database|http|messaging)/', pathNot: test },
      to: { path: '^libs/runtime/' },
    },
    {
      name: 'database-is-lowest',
      severity: 'error',
      from: { path: '^libs/database/', pathNot: test },
      to: { path: '^libs/(?!contracts/|database/)' },
    },
    {
      name: 'http-and-messaging-stand-apart',
      severity: 'error',
      from: { path: '^libs/(http|messaging)/', pathNot: test },
      to: { path: '^libs/(http|messaging)/', pathNot: '^libs/$1/' },
    },
    {
      name: 'testing-is-for-tests',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: test },
      to: { path: '^libs/testing/' },
    },
    {
      name: 'kafkajs-in-one-file',
      comment: 'It is no longer maintained: whoever replaces it has one file to change.',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: '^libs/messaging/src/kafka/(kafkajs|.*\\.int\\.spec)\\.ts$' },
      to: { path: '(^|node_modules/)kafkajs(/|$)' },
    },
    {
      name: 'no-cycles',
      comment: 'Of what runs: types that name each other are gone once compiled.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'nothing-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['@lacollecte/source', 'import', 'node', 'default'], extensions: ['.ts', '.tsx', '.mjs', '.js'], mainFields: ['module', 'main'] },
  },
};
