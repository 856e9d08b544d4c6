import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import type { Actor } from '@lacollecte/database';
import { PLATFORM_MIGRATIONS } from '@lacollecte/messaging';
import { createTestDatabase, type TestDatabase, testIssuer, type TestIssuer } from '@lacollecte/testing';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { type AuthOptions, commonProblems, configureHttp, fastifyAdapter, UnitOfWork } from '../index.js';
import { DoorsController, NotesController } from './notes.controller.js';

@Module({})
class NotesModule {}

class NotesTables1700000000009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table note (
      id uuid primary key, version int not null default 1, text text not null, tags jsonb not null default '{}', marks int not null default 0,
      created_at timestamptz not null default now());
      create unique index note_only on note (text) where text like 'only %'`);
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table note');
  }
}

export const problems = { ...commonProblems, 'bad-label': { status: 400, fr: 'Une étiquette commence par LC-.', en: 'A label begins with LC-.' } };
/** As a service's name, for the routes and the database. */
export const NAME = 'dispatch';

export type Method = 'GET' | 'HEAD' | 'OPTIONS' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export interface Sent {
  readonly who?: Actor | null;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** Parsed; undefined where there is none. */
  readonly body: unknown;
}

/** A small service on the real things: Fastify, PostgreSQL, signed tokens. */
export interface NotesService {
  readonly db: TestDatabase;
  readonly issuer: TestIssuer;
  readonly app: NestFastifyApplication;
  /** What was logged as failed. */
  readonly logged: { readonly err: unknown; readonly traceId: string }[];
  /** POST has a fresh Idempotency-Key unless `headers` has one. A string or Buffer is sent as it is. */
  send(method: Method, path: string, sent?: Sent): Promise<Answer>;
  close(): Promise<void>;
}

/** @param auth instead of the test issuer's keys */
export async function startNotes(auth: Partial<AuthOptions> = {}): Promise<NotesService> {
  const db = await createTestDatabase(NAME, [...PLATFORM_MIGRATIONS, NotesTables1700000000009]);
  const issuer = await testIssuer();
  const logged: NotesService['logged'] = [];
  const module = { module: NotesModule, controllers: [NotesController, DoorsController], providers: [{ provide: UnitOfWork, useValue: new UnitOfWork(db.database) }] };
  const app = await NestFactory.create<NestFastifyApplication>(module, fastifyAdapter(), { logger: false });
  configureHttp(app, { name: NAME, auth: { ...issuer.auth, ...auth }, problems, log: { error: (fields) => void logged.push(fields as (typeof logged)[number]) } });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return {
    db, issuer, app, logged,
    send: async (method, path, { who, body, headers } = {}) => {
      const response = await app.inject({
        method, url: `/api/${NAME}/${path}`, payload: body as never,
        headers: {
          ...(who ? { authorization: `Bearer ${await issuer.token(who)}` } : {}),
          ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
          ...(typeof body === 'string' ? { 'content-type': 'application/json' } : {}),
          ...headers,
        },
      });
      const isJson = /json/.test(String(response.headers['content-type']));
      return { status: response.statusCode, headers: response.headers, text: response.body, body: isJson && response.body !== '' ? response.json() : undefined };
    },
    close: async () => {
      await app.close();
      await db.close();
    },
  };
}
