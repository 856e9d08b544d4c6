/** Exit statuses of `npm start`, told by `npm start -- --help`. */
export const STATUS = { usage: 2, platform: 10, install: 11, space: 15, permission: 16 };

/** A problem with one way out: shown as one line, never as a stack. */
export class Failure extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** Runs `main`; ends the process with its status, or with the one line of its Failure. */
export async function run(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    process.stderr.write(error instanceof Failure ? `${error.message}\n` : `${error?.stack ?? error}\n`);
    process.exitCode = error instanceof Failure ? error.status : 1;
  }
}
