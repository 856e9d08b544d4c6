import { randomUUID } from 'node:crypto';
import { directory, typesConsumedBy } from '@lacollecte/contracts';
import { Endpoint, Input, type InputOf, spec } from '@lacollecte/http';
import { append, defineJob, enqueue, type EventContext, processor } from '@lacollecte/messaging';
import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { z } from 'zod';
import type { ServiceDefinition } from '../service.js';
import { UnitOfWork } from '../unit-of-work.js';

export class NoteTables1700000000009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table note (id uuid primary key, version int not null, state text not null, text text not null)');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table note');
  }
}

/** What handlers of events do: changed by a test. */
export const handling: { work: (context: EventContext) => Promise<void> | void } = { work: () => undefined };

/** Handles every type that intake must handle. */
@Controller()
class Handlers {
  handle(_data: unknown, context: EventContext): Promise<void> | void {
    return handling.work(context);
  }
}
for (const [i, type] of typesConsumedBy('intake').entries()) {
  const name = `handle${i}`;
  const descriptor = { value: Handlers.prototype.handle.bind({}), writable: true, configurable: true };
  Object.defineProperty(Handlers.prototype, name, descriptor);
  Payload()(Handlers.prototype, name, 0);
  Ctx()(Handlers.prototype, name, 1);
  EventPattern<string>(type)(Handlers.prototype, name, descriptor);
}

export const noteJob = defineJob('intake-notes', z.object({ id: z.string() }));
const writeSpec = spec({ summary: 'Write a note', roles: ['donor'], body: z.object({ text: z.string().max(20) }) });

@Controller('notes')
class NotesController {
  constructor(private readonly uow: UnitOfWork) {}

  /** Announces it on a topic that the service hears itself, and begins a job. */
  @Endpoint('POST', '', writeSpec)
  write(@Input() { body }: InputOf<typeof writeSpec>) {
    return this.uow.run(async (tx) => {
      const id = randomUUID();
      await tx.execute(`insert into note (id, version, state, text) values ($1, 1, 'written', $2)`, [id, body.text]);
      append(tx, directory.SiteChanged, { key: id, version: 1 }, { ...directory.SiteChanged.example, siteId: id });
      if (body.text === 'job') await enqueue(tx, noteJob, { id });
      return { id, version: 1 };
    });
  }
}

/** A service that hears what it says itself, under the name of one that hears the directory. */
export const notes: ServiceDefinition = {
  name: 'intake',
  controllers: [NotesController],
  consumers: [Handlers],
  migrations: [NoteTables1700000000009],
  aggregates: [{ table: 'note', topic: 'directory.site', transitions: { '': ['open'], open: ['closed'] } }],
  projections: [],
  parts: [],
  invariants: [{ name: 'no-secrets', says: 'No note is secret.', examined: 'select count(*) as n from note', violations: `select id::text as id, text as detail from note where text = 'secret'` }],
  jobs: [processor(noteJob, async (run) => void (await run.finish(() => Promise.resolve())), async (run) => void (await run.finish(() => Promise.resolve())))],
  sweeps: [],
  problems: {},
  settings: {},
};
