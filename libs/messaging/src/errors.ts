/** The event itself is at fault, not what it met: no handler could take it. */
export class Poison extends Error {
  constructor(
    readonly reason: 'undecodable' | 'unknown-type' | 'schema' | 'handler',
    message: string,
  ) {
    super(message);
    this.name = 'Poison';
  }
}
