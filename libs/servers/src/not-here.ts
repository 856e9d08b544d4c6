/** What tests need that this machine may not have, each told by an error. */
type Need = () => Promise<unknown>;

/**
 * Why they can't be had here, for tests that are then skipped. In continuous integration that is a failure: nothing is said, and they
 * run into it.
 */
export async function notHere(...needs: readonly Need[]): Promise<string | null> {
  if (process.env['CI']) return null;
  const tried = await Promise.allSettled(needs.map((need) => need()));
  const reasons = tried.filter((one) => one.status === 'rejected').map(({ reason }) => (reason as Error).message);
  return reasons.length > 0 ? reasons.join('; ') : null;
}
