import { listenReason, reasonOf } from './stop-reason.js';

const system = (code: string): Error => Object.assign(new Error(code), { code });

test.each([
  ['ENOSPC', 15, /^no space left for \/d:/],
  ['EDQUOT', 15, /^no space left/],
  ['53100', 15, /^no space left/],
  ['EACCES', 16, /^no permission to write \/d:/],
  ['EROFS', 16, /^no permission/],
])('%s ends with status %i', (code, status, message) => {
  expect(reasonOf(system(code), '/d')).toMatchObject({ status, message: expect.stringMatching(message) as string });
});

test('an error of the program is not explained away', () => {
  expect(reasonOf(new TypeError('x is not a function'), '/d')).toBeUndefined();
});

test.each([
  ['EADDRINUSE', 3000, 12, /port 3000 is taken.*--port 3001/],
  ['EACCES', 80, 16, /port 80/],
  ['EADDRNOTAVAIL', 3000, 2, /10\.1\.1\.1 is not an address/],
])('listening fails with %s', (code, port, status, message) => {
  expect(listenReason(system(code), '10.1.1.1', port)).toMatchObject({ status, message: expect.stringMatching(message) as string });
});
