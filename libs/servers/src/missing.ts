/** What a server needs is not on this machine. */
export class Missing extends Error {
  /**
   * @param needs what is needed, and what is here
   * @param packages of Debian, for each thing that is missing: the names under which it may be had, the best first
   */
  constructor(
    needs: string,
    readonly packages: readonly (readonly string[])[],
  ) {
    super(`${needs} (Debian: ${packages.map(([best]) => best).join(', ')})`);
  }
}
