import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Missing } from './missing.js';
import { run } from './run.js';

const POM = fileURLToPath(new URL('../kafka/pom.xml', import.meta.url));
const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/', import.meta.url));
/** Kafka 4 brokers run on nothing older. */
const OLDEST_JAVA = 17;

/** The version that the pom names. */
export async function kafkaVersion(): Promise<string> {
  return /<version>([^<]+)</.exec(await readFile(POM, 'utf8'))![1]!;
}

/**
 * What runs a broker: Java, and the jars that the pom names, fetched once by Maven and kept below `node_modules`.
 * @throws Missing where Java or Maven is not here
 */
export async function kafkaJars(signal?: AbortSignal): Promise<{ java: string; classPath: string }> {
  const folder = join(CACHE, `kafka-${await kafkaVersion()}`);
  const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'java') : 'java';
  const fetched = existsSync(folder);
  await require({ java, maven: !fetched });
  if (!fetched) {
    await mkdir(CACHE, { recursive: true });
    const fetching = await mkdtemp(`${folder}-`);
    try {
      await run('mvn', ['-q', '-B', '-f', POM, 'dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${fetching}`], { signal });
    } catch (error) {
      await rm(fetching, { recursive: true, force: true });
      throw new Error(`Kafka's jars could not be fetched: ${(error as Error).message}`, { cause: error });
    }
    // Another run may have been quicker.
    await rename(fetching, folder).catch(() => rm(fetching, { recursive: true, force: true }));
  }
  return { java, classPath: join(folder, '*') };
}

/** Asked for together, so that a person is asked once. */
async function require({ java, maven }: { java: string; maven: boolean }): Promise<void> {
  const said = await run(java, ['-version']).catch(() => '');
  const version = Number(/version "(\d+)/.exec(said)?.[1] ?? 0);
  const packages: string[][] = [];
  if (version < OLDEST_JAVA) packages.push(['openjdk-21-jre-headless', 'openjdk-17-jre-headless', 'default-jre-headless']);
  if (maven && !(await run('mvn', ['--version']).then(() => true, () => false))) packages.push(['maven']);
  if (packages.length === 0) return;
  const needs = [`Java ${OLDEST_JAVA} or newer${version > 0 && version < OLDEST_JAVA ? ` (${version} is here)` : ''}`, ...(maven ? ['Maven, which fetches its jars'] : [])];
  throw new Missing(`Kafka needs ${needs.join(' and ')}`, packages);
}
