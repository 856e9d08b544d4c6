import 'reflect-metadata';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Actor, Database, type DatabaseUrls, SYSTEM } from '@lacollecte/database';
import { type AuthOptions, configureHttp, fastifyAdapter } from '@lacollecte/http';
import { EventStrategy, type Queues, TOPIC_SPECS, type Transport } from '@lacollecte/messaging';
import { type DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { describe, problemsOf } from './describe.js';
import { type Log, nestLogger } from './log.js';
import { MessagingHost } from './messaging-host.js';
import { forgetAnswers } from './platform/forget-answers.js';
import { PLATFORM_CONTROLLERS } from './platform/index.js';
import { RethrowFilter } from './rethrow.filter.js';
import type { ServiceDefinition } from './service.js';
import { ServiceState } from './service-state.js';
import { Sweeper } from './sweeper.js';
import { Patrol } from './telemetry/patrol.js';
import { Probes } from './telemetry/probes.js';
import { ServiceObserver } from './telemetry/service-observer.js';
import { traceRequests } from './telemetry/trace-requests.js';
import type { Tracing } from './telemetry/tracing.js';
import { UnitOfWork } from './unit-of-work.js';

/** What a service runs on; which transport and queues is configuration. */
export interface ServiceConfig {
  readonly database: DatabaseUrls;
  readonly transport: Transport;
  readonly queues: Queues;
  readonly auth: AuthOptions;
  readonly log: Log;
  /** Where what happens is traced to. */
  readonly tracing?: Tracing | null;
  /** Most connections of each of the two pools. */
  readonly poolSize?: number;
}

export interface RunningService {
  readonly definition: ServiceDefinition;
  readonly app: NestFastifyApplication;
  readonly state: ServiceState;
  readonly observer: ServiceObserver;
  readonly probes: Probes;
  /** Checks the service's rules once it is started; ends with the service. */
  readonly patrol: Patrol;
  /** Answers requests below `/api/<service>/`. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** In order: not ready any more, no new requests and those in hand answered, consumers, sweeps, jobs, relay, connections. */
  stop(): Promise<void>;
}

@Module({})
class ServiceModule {}

function moduleOf(definition: ServiceDefinition, unitOfWork: UnitOfWork, state: ServiceState): DynamicModule {
  return {
    module: ServiceModule,
    controllers: [...definition.controllers, ...definition.consumers, ...PLATFORM_CONTROLLERS],
    providers: [
      { provide: UnitOfWork, useValue: unitOfWork },
      { provide: ServiceState, useValue: state },
    ],
  };
}

/** Starts one service: HTTP, consumers, relay, jobs and sweeps, in one Nest application. It does not listen by itself. */
export async function createService(definition: ServiceDefinition, config: ServiceConfig): Promise<RunningService> {
  const log = config.log.child({ service: definition.name });
  const database = await Database.open(definition.name, config.database, config.poolSize);
  const observer = new ServiceObserver(definition.name, config.tracing);
  const strategy = new EventStrategy(definition.name, database.worker, config.transport, log, observer);
  const host = new MessagingHost(definition, config.database.worker, database, config.transport, config.queues, log, observer);
  const patrol = new Patrol(definition, database.worker, log, (topic, transitions) => observer.recorder?.illegal(topic, transitions));
  const state = new ServiceState(definition, database, strategy, describe(definition), config.transport, host.queues, observer.flow, patrol);
  const probes = new Probes({ definition, database, transport: config.transport, observer, consumer: () => strategy.started });
  const sweeper = new Sweeper(database.worker, [...definition.sweeps, forgetAnswers], log);
  let app: NestFastifyApplication | undefined;
  const stop = async (): Promise<void> => {
    probes.stop();
    const patrolled = patrol.stop();
    observer.flow.close();
    await app?.close();
    await strategy.close();
    await sweeper.stop();
    await patrolled;
    await host.stop();
    await database.close();
  };
  try {
    await config.transport.requireTopics(TOPIC_SPECS);
    await config.queues.check();
    app = await createApp(definition, config, new UnitOfWork(database), state, strategy, probes, log);
    host.start();
    sweeper.start();
    await strategy.parking.redriveKnown(SYSTEM);
  } catch (error) {
    await stop();
    throw error;
  }
  const fastify = app.getHttpAdapter().getInstance();
  return { definition, app, state, observer, probes, patrol, handle: (request, response) => fastify.routing(request, response), stop };
}

/** The Nest application, initialised, with its handlers bound to the consumer and the consumer running. */
async function createApp(
  definition: ServiceDefinition, config: ServiceConfig, unitOfWork: UnitOfWork, state: ServiceState, strategy: EventStrategy, probes: Probes, log: Log,
): Promise<NestFastifyApplication> {
  const module = moduleOf(definition, unitOfWork, state);
  const app = await NestFactory.create<NestFastifyApplication>(module, fastifyAdapter(), { logger: nestLogger(log), abortOnError: false });
  traceRequests(app, probes.subject.observer);
  endConnections(app, probes);
  logRequests(app, log);
  configureHttp(app, { name: definition.name, auth: config.auth, problems: problemsOf(definition), log });
  // Deferred, or the filter would come too late: handlers are bound when the microservice is initialised.
  const microservice = app.connectMicroservice<MicroserviceOptions>({ strategy }, { deferInitialization: true });
  microservice.useGlobalFilters(new RethrowFilter());
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  await app.startAllMicroservices();
  return app;
}

/** A connection whose last request is answered while we stop would be kept open for the next one, and be waited for. */
function endConnections(app: NestFastifyApplication, probes: Probes): void {
  app.getHttpAdapter().getInstance().addHook('onSend', (_request, reply, payload, done) => {
    if (probes.stopping) void reply.header('connection', 'close');
    done(null, payload);
  });
}

/** A line for each answer: what was asked, by whom, how it ended, how long it took. */
function logRequests(app: NestFastifyApplication, log: Log): void {
  app.getHttpAdapter().getInstance().addHook('onResponse', (request, reply, done) => {
    const { actor } = request as { actor?: Actor };
    const correlationId = request.headers['x-correlation-id'];
    log.info(
      { method: request.method, path: request.url.split('?', 1)[0], status: reply.statusCode, ms: Math.round(reply.elapsedTime), subject: actor?.subject, correlationId },
      'answered',
    );
    done();
  });
}
