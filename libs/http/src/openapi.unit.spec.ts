import 'reflect-metadata';
import { Validator } from '@seriousme/openapi-schema-validator';
import { commonProblems, openApiOf, routesOf } from './index.js';
import { DoorsController, NotesController } from './testing/notes.controller.js';

type Operation = Record<string, unknown> & { parameters: { name: string; in: string; required: boolean }[]; responses: Record<string, object> };
interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
}

const make = () => openApiOf({ name: 'notes', version: '1.2.3', controllers: [NotesController, DoorsController], problems: commonProblems }) as Document;
const document = make();

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1, and the same each time', async () => {
    const validator = new Validator();
    expect(await validator.validate(structuredClone(document) as never)).toMatchObject({ valid: true });
    expect(validator.version).toBe('3.1');
    expect((await new Validator().validate({ openapi: '3.1.0', info: {} })).valid).toBe(false);
    expect(JSON.stringify(make())).toBe(JSON.stringify(document));
  });

  it('has every route with a rule, with what it takes and gives', () => {
    const edit = document.paths['/api/notes/notes/{noteId}']!.patch!;
    expect(edit).toMatchObject({ operationId: 'notes.Notes.edit', 'x-roles': ['donor'], security: [{ bearer: [] }] });
    expect(edit.parameters.map(({ name, in: place, required }) => [name, place, required])).toEqual([['noteId', 'path', true], ['If-Match', 'header', true]]);
    const write = document.paths['/api/notes/notes']!;
    expect(write.post!.parameters.map(({ name }) => name)).toEqual(['Idempotency-Key']);
    expect(write.post!.responses).toHaveProperty('201');
    expect(write.get!.parameters).toMatchObject([{ name: 'after', in: 'query', required: false }, { name: 'limit', in: 'query', required: false }]);
    expect(document.paths['/api/notes/notes/check']!.post!.parameters).toEqual([]);
    expect(document.paths['/api/notes/notes/{noteId}']!.delete!.responses).toEqual({ 204: { description: 'Done' }, default: expect.anything() });
    expect(document.paths['/api/notes/open']!.get).not.toHaveProperty('security');
    expect(document.paths['/api/notes/notes/upload']!.post).toMatchObject({ requestBody: { content: { 'application/octet-stream': {} } } });
  });

  it('leaves out what nobody may call, and the walk sees it', () => {
    expect(document.paths).not.toHaveProperty('/api/notes/forgotten');
    expect(routesOf([DoorsController]).filter((route) => !route.spec)).toMatchObject([{ method: 'GET', path: '/forgotten', handler: 'forgotten' }]);
  });

  it('says once what it repeats', () => {
    const text = JSON.stringify(document);
    expect(text.split('"#/components/schemas/Notes.').length).toBeGreaterThan(2);
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)) expect(document.components.schemas).toHaveProperty([name!]);
  });
});
