import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits for a link or a program. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of it. One fast round is enough: nobody can guess 256 random bits. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
