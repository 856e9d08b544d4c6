import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { Controller, Get } from '@nestjs/common';
import { z } from 'zod';
import { Endpoint, fromCursor, Input, type InputOf, PageQuery, pageOf, spec, toPage, UnitOfWork } from '../index.js';

export const NoteView = z.object({ id: z.uuid(), version: z.int(), text: z.string() });
type Note = z.infer<typeof NoteView>;
const params = z.object({ noteId: z.uuid() });
const text = z.string().trim().min(1).max(200);
const body = z.object({
  text, weight: z.int().max(1000).optional(), tags: z.record(z.string().max(20), text).optional(),
  label: z.string().refine((value) => value.startsWith('LC-'), { error: 'bad-label' }).optional(),
  any: z.unknown().optional(),
});

const writeSpec = spec({ summary: 'Write a note', roles: ['donor'], body, returns: NoteView });
const checkSpec = spec({ summary: 'Say what would be written', roles: ['donor'], idempotent: false, status: 200, body });
const listSpec = spec({ summary: 'Notes', roles: ['donor', 'coordinator'], query: PageQuery, returns: pageOf(NoteView) });
const readSpec = spec({ summary: 'A note', roles: ['donor', 'coordinator'], params, returns: NoteView });
const editSpec = spec({ summary: 'Edit a note', roles: ['donor'], params, ifMatch: true, body: z.object({ text }), returns: NoteView });
const replaceSpec = spec({ ...editSpec, summary: 'Replace a note' });
const markSpec = spec({ summary: 'Mark a note', roles: ['donor'], status: 204, params });
const removeSpec = spec({ summary: 'Remove a note', roles: ['donor'], status: 204, params, ifMatch: true });
const uploadSpec = spec({ summary: 'Take a file in', roles: ['donor'], upload: true, status: 200, returns: z.object({ bytes: z.int() }) });
const openSpec = spec({ summary: 'Anybody', roles: 'public', returns: z.object({ subject: z.string() }) });
const mineSpec = spec({ summary: 'Anybody who signed in', roles: 'signed-in', returns: z.object({ subject: z.string() }) });
const causeSpec = spec({ summary: 'What a change would be traced to', roles: 'public' });
const nobodySpec = spec({ summary: 'Nobody', roles: [] });
const failSpec = spec({ summary: 'Fail in some way', roles: 'public', params: z.object({ how: z.string() }) });

/** Each way in which a handler can fail, thrown by the real thing where there is one. */
const FAILURES: Record<string, (tx: Tx) => Promise<unknown>> = {
  'unknown-code': async () => { throw new DomainError('never-written-down', { secret: 'hunter2' }); },
  inherited: async () => { throw new DomainError('constructor'); },
  defect: async () => { throw new TypeError('cannot read hunter2 of undefined'); },
  nothing: async () => { throw undefined; },
  'not-here-yet': async () => { throw new DomainError('not-here-yet'); },
  statement: (tx) => tx.query('select hunter2 from nowhere'),
  deadlock: (tx) => tx.query(`do $$ begin raise exception 'deadlock detected' using errcode = '40P01'; end $$`),
  disconnected: (tx) => tx.query('select pg_terminate_backend(pg_backend_pid())'),
};

/** What the uploads' test watches. */
export const received: { bytes: number } = { bytes: 0 };
/** How many handlers of `write` have run. */
export const written: { times: number } = { times: 0 };

async function show(tx: Tx, id: string): Promise<Note> {
  const note = await tx.one<Note>('select id, version, text from note where id = $1', [id]);
  if (!note) throw new DomainError('not-found');
  return note;
}

async function edit(tx: Tx, id: string, version: number, value: string): Promise<Note> {
  await show(tx, id);
  if ((await tx.execute('update note set text = $3, version = version + 1 where id = $1 and version = $2', [id, version, value])) === 0) throw new DomainError('stale-version');
  return show(tx, id);
}

@Controller('notes')
export class NotesController {
  constructor(private readonly uow: UnitOfWork) {}

  @Endpoint('POST', '', writeSpec)
  write(@Input() { body: note }: InputOf<typeof writeSpec>) {
    return this.uow.run(async (tx) => {
      written.times++;
      const id = randomUUID();
      await tx.execute('insert into note (id, text, tags) values ($1, $2, $3)', [id, note.text, JSON.stringify(note.tags ?? {})]);
      if (note.text === 'slowly') await delay(100);
      return show(tx, id);
    });
  }

  @Endpoint('POST', 'check', checkSpec)
  check(@Input() { body: note }: InputOf<typeof checkSpec>) {
    return note;
  }

  @Endpoint('GET', '', listSpec)
  list(@Input() { query }: InputOf<typeof listSpec>) {
    return this.uow.run(async (tx) => {
      const rows = await tx.query<Note & { created_at: string }>(
        `select id, version, text, created_at::text from note where $1::timestamptz is null or (created_at, id) > ($1, $2) order by created_at, id limit $3`,
        [...fromCursor(query.after), query.limit + 1],
      );
      return toPage(rows, query.limit, ({ id, version, text: shown }) => ({ id, version, text: shown }));
    });
  }

  @Endpoint('GET', ':noteId', readSpec)
  read(@Input() { params: { noteId } }: InputOf<typeof readSpec>) {
    return this.uow.run((tx) => show(tx, noteId));
  }

  @Endpoint('PATCH', ':noteId', editSpec)
  edit(@Input() input: InputOf<typeof editSpec>) {
    return this.uow.run((tx) => edit(tx, input.params.noteId, input.version, input.body.text));
  }

  @Endpoint('PUT', ':noteId', replaceSpec)
  replace(@Input() input: InputOf<typeof replaceSpec>) {
    return this.uow.run((tx) => edit(tx, input.params.noteId, input.version, input.body.text));
  }

  @Endpoint('POST', ':noteId/mark', markSpec)
  mark(@Input() { params: { noteId } }: InputOf<typeof markSpec>): Promise<void> {
    return this.uow.run(async (tx) => {
      await tx.execute('update note set marks = marks + 1 where id = $1', [noteId]);
    });
  }

  @Endpoint('DELETE', ':noteId', removeSpec)
  remove(@Input() input: InputOf<typeof removeSpec>): Promise<void> {
    return this.uow.run(async (tx) => {
      if ((await tx.execute('delete from note where id = $1 and version = $2', [input.params.noteId, input.version])) === 0) throw new DomainError('stale-version');
    });
  }

  @Endpoint('POST', 'upload', uploadSpec)
  upload(@Input() { file }: InputOf<typeof uploadSpec>) {
    return this.uow.run(async () => ({ bytes: await count(file) }));
  }
}

async function count(file: Readable): Promise<number> {
  received.bytes = 0;
  for await (const chunk of file as AsyncIterable<Buffer>) received.bytes += chunk.length;
  return received.bytes;
}

@Controller()
export class DoorsController {
  constructor(private readonly uow: UnitOfWork) {}

  @Endpoint('GET', 'open', openSpec)
  open(@Input() { actor }: InputOf<typeof openSpec>) {
    return { subject: actor.subject };
  }

  @Endpoint('GET', 'mine', mineSpec)
  mine(@Input() { actor }: InputOf<typeof mineSpec>) {
    return { subject: actor.subject };
  }

  @Endpoint('GET', 'cause', causeSpec)
  cause() {
    return this.uow.run(async ({ cause }) => cause);
  }

  @Endpoint('GET', 'nobody', nobodySpec)
  nobody() {
    return { secret: 'hunter2' };
  }

  /** As somebody would write it who has forgotten the rule. */
  @Get('forgotten')
  forgotten() {
    return { secret: 'hunter2' };
  }

  @Endpoint('GET', 'failures/:how', failSpec)
  fail(@Input() { params: { how } }: InputOf<typeof failSpec>) {
    return this.uow.run((tx) => FAILURES[how]!(tx));
  }
}
