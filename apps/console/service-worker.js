/* The build puts the warehouse's files in the place of the list, and their digest in that of the version. */
const FILES = __FILES__;
const KEPT = 'lacollecte-__VERSION__';
/** What the pages cannot do without, and is nobody's secret: the network's answer if there is one, else the last. */
const ALSO_KEPT = ['/api/refurbishment/checklists'];
/** Not the console's pages. */
const OTHERS = /^\/(api|auth|oidc|health|status|reference|\.well-known)(\/|$)/;

addEventListener('install', (event) => event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(FILES))));

addEventListener('activate', (event) => event.waitUntil(Promise.all([
  clients.claim(),
  caches.keys().then((names) => Promise.all(names.filter((name) => name.startsWith('lacollecte-') && name !== KEPT).map((name) => caches.delete(name)))),
])));

addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (FILES.includes(pathname) && request.mode !== 'navigate') event.respondWith(caches.match(pathname).then((kept) => kept ?? fetch(request)));
  else if (request.mode === 'navigate' && !OTHERS.test(pathname)) event.respondWith(fetch(request).catch(() => caches.match('/index.html')));
  else if (ALSO_KEPT.includes(pathname)) event.respondWith(freshOrKept(request, pathname));
});

async function freshOrKept(request, name) {
  const cache = await caches.open(KEPT);
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(name, response.clone());
    return response;
  } catch (error) {
    const kept = await cache.match(name);
    if (kept) return kept;
    throw error;
  }
}
