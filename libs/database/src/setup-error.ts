/** What can keep the system from starting, each with one way out that its message names. */
export type SetupErrorCode =
  | 'unsupported-platform'
  | 'not-installed'
  | 'no-permission'
  | 'no-space'
  | 'newer-version'
  | 'other-version'
  | 'postgres-failed';

/** A problem of the machine or the data folder: shown to people as one line, never as a stack. */
export class SetupError extends Error {
  constructor(
    readonly code: SetupErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'SetupError';
  }

  /** The same error as a SetupError where the operating system's code says what it is, else unchanged. */
  static from(error: unknown, path: string): unknown {
    const code = (error as NodeJS.ErrnoException | null)?.code;
    if (code === 'ENOSPC' || code === 'EDQUOT') return new SetupError('no-space', `no space left for ${path}: free some, or choose another folder with --data`, { cause: error });
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
      return new SetupError('no-permission', `no permission to write ${path}: give this user the right, or choose another folder with --data`, { cause: error });
    return error;
  }
}
