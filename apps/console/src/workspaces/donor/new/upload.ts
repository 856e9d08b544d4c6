import { Problem, problemOf, Unreachable } from '../../../api/problem.js';
import type { paths } from '../../../api/generated/intake.js';
import { language } from '../../../i18n/i18n.js';
import { session } from '../../../session/session.js';

export type Manifest = paths['/api/intake/manifests/{manifestId}']['get']['responses'][200]['content']['application/json'];
export type Column = Manifest['columns'][number];
export type Field = NonNullable<Column['field']>;
export type Refusal = paths['/api/intake/manifests/{manifestId}/refusals']['get']['responses'][200]['content']['application/json']['items'][number];

interface Upload {
  readonly lotId: string;
  readonly file: File;
  /** The same when the same file is sent again after no answer: it is taken once. */
  readonly key: string;
  readonly signal: AbortSignal;
  /** From 0 to 1. */
  readonly onProgress: (share: number) => void;
}

/** Sends a file. By XMLHttpRequest: `fetch` tells nothing of how far it is. @throws Problem, Unreachable */
export function upload({ lotId, file, key, signal, onProgress }: Upload): Promise<Manifest> {
  const request = new XMLHttpRequest();
  request.open('POST', `/api/intake/lots/${lotId}/manifests?${new URLSearchParams({ filename: file.name })}`);
  const headers = { 'content-type': 'application/octet-stream', 'accept-language': language(), 'x-csrf-token': session.get()?.csrf ?? '', 'idempotency-key': key };
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
  signal.addEventListener('abort', () => request.abort());
  request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total));
  return new Promise((resolve, reject) => {
    request.addEventListener('load', () => {
      if (request.status < 300) return resolve(JSON.parse(request.responseText) as Manifest);
      const retryAfter = request.getResponseHeader('retry-after');
      problemOf(new Response(request.responseText, { status: request.status, headers: retryAfter === null ? {} : { 'retry-after': retryAfter } })).then(reject, reject);
    });
    request.addEventListener('error', () => reject(new Unreachable('upload')));
    request.addEventListener('abort', () => reject(new Unreachable('aborted')));
    request.send(file);
  });
}

/** Whether the very same may be sent again, to be taken once. */
export const mayRepeat = (error: unknown): boolean => !(error instanceof Problem) || error.status >= 500;
