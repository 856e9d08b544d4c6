/** A part of the input that was refused: `pointer` into it (`/body/lines/3/serial`), and why, in the person's language. */
export interface RefusedField {
  readonly pointer?: string;
  readonly code?: string;
  readonly detail?: string;
}

interface Details {
  readonly type?: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly instance?: string;
  readonly traceId?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly errors?: readonly RefusedField[];
}

/** What a service answered instead of what was asked (RFC 9457). `title` is for people, in their language. */
export class Problem extends Error {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly instance: string;
  readonly traceId: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly errors: RefusedField[];

  constructor(details: Details, readonly retryAfterSeconds: number | null = null) {
    super(`${details.status} ${details.code}: ${details.title}`);
    this.name = 'Problem';
    this.type = details.type ?? `urn:lacollecte:problem:${details.code}`;
    this.title = details.title;
    this.status = details.status;
    this.code = details.code;
    this.instance = details.instance ?? '';
    this.traceId = details.traceId ?? '';
    this.params = details.params ?? {};
    this.errors = [...(details.errors ?? [])];
  }
}

/** Nobody answered: there is no network, or no server at its other end. What was asked may have been done. */
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super('no answer', { cause });
    this.name = 'Unreachable';
  }
}

/** @returns the problem in an answer that is no success; an answer that is not ours (a proxy's page) is one without a title */
export async function problemOf(response: Response): Promise<Problem> {
  const retryAfter = Number(response.headers.get('retry-after'));
  const seconds = retryAfter > 0 ? retryAfter : null;
  try {
    const details = (await response.json()) as Partial<Details>;
    if (typeof details.code === 'string' && typeof details.title === 'string') return new Problem({ ...details, title: details.title, code: details.code, status: response.status }, seconds);
  } catch {
    // Not JSON: see below.
  }
  return new Problem({ title: '', code: `http-${response.status}`, status: response.status }, seconds);
}

/** Whether asking again in a moment may give another answer. */
export function isPassing(error: unknown): boolean {
  return error instanceof Unreachable || (error instanceof Problem && error.status === 503);
}

/** Whether this page's session is no longer the browser's: it ended, or somebody has signed in again in another tab. */
export const isSessionOver = (error: unknown): boolean => error instanceof Problem && (error.status === 401 || error.code === 'csrf');
