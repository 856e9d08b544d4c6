/** Keys of commands whose outcome is not known, by what was asked: asked again, they go under the same key and are done once. */
const open = new Map<string, string>();
const asked = new WeakMap<Request, string>();

/** The Idempotency-Key of a POST: a new one, unless the very same was asked before and nobody knows what became of it. */
export async function keyFor(request: Request): Promise<string> {
  const what = `${request.url}\n${request.headers.get('content-type') ?? ''}\n${await request.clone().text()}`;
  asked.set(request, what);
  const key = open.get(what) ?? crypto.randomUUID();
  open.delete(what);
  return key;
}

export function settled(request: Request): void {
  asked.delete(request);
}

export function unsettled(request: Request): void {
  const what = asked.get(request);
  const key = request.headers.get('idempotency-key');
  if (what !== undefined && key !== null) open.set(what, key);
}
