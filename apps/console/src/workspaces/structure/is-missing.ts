import { Problem } from '../../api/problem.js';

/** An address that names nothing: it never did, or what it names is another structure's. Both read the same. */
export function isMissing(error: unknown): boolean {
  return error instanceof Problem && (error.status === 404 || error.status === 400 || error.status === 422);
}
