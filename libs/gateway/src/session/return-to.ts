const HERE = 'http://here.invalid';
/** Longer than any address of the console; it travels in a cookie. */
const MAX_LENGTH = 1_000;

/**
 * Where a person goes once signed in: a path of ours, whatever was asked for. Read as a browser would (`//host`, `/\host` and tabs lead
 * elsewhere), and never back to signing in, which would go round for ever.
 */
export function returnTo(wanted: string | null): string {
  if (wanted === null || !wanted.startsWith('/') || wanted.length > MAX_LENGTH || !URL.canParse(wanted, HERE)) return '/';
  const { origin, pathname, search, hash } = new URL(wanted, HERE);
  // `/.//host` has a path that would be read as a host the next time.
  return origin !== HERE || pathname.startsWith('//') || pathname.startsWith('/auth/') ? '/' : pathname + search + hash;
}
