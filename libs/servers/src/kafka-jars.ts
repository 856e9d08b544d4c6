import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './run.js';

const POM = fileURLToPath(new URL('../kafka/pom.xml', import.meta.url));
const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/', import.meta.url));
/** Kafka 4 brokers run on nothing older. */
const OLDEST_JAVA = 17;

/** @throws Error saying what to install */
async function java(): Promise<string> {
  const home = process.env.JAVA_HOME;
  const command = home ? join(home, 'bin', 'java') : 'java';
  const said = await run(command, ['-version']).catch(() => null);
  const version = Number(/version "(\d+)/.exec(said ?? '')?.[1] ?? 0);
  if (version < OLDEST_JAVA) throw new Error(`Kafka needs Java ${OLDEST_JAVA} or newer, ${said === null ? 'none is' : `${version} is`} here: install a JRE, for example the Debian package openjdk-17-jre-headless`);
  return command;
}

/** What runs a broker: Java, and the jars that the pom names, fetched once by Maven and kept below `node_modules`. */
export async function kafkaJars(): Promise<{ java: string; classPath: string }> {
  const command = await java();
  const version = /<version>([^<]+)</.exec(await readFile(POM, 'utf8'))![1]!;
  const folder = join(CACHE, `kafka-${version}`);
  if (!existsSync(folder)) {
    await mkdir(CACHE, { recursive: true });
    const fetching = join(CACHE, `kafka-${version}.${process.pid}`);
    await run('mvn', ['-q', '-B', '-f', POM, 'dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${fetching}`]).catch((error: Error) => {
      throw new Error(`Kafka's jars are fetched by Maven (the Debian package maven), which failed: ${error.message}`, { cause: error });
    });
    // Another run may have been quicker.
    await rename(fetching, folder).catch(() => rm(fetching, { recursive: true, force: true }));
  }
  return { java: command, classPath: join(folder, '*') };
}
