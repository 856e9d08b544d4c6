import { scryptSync } from 'node:crypto';
import { hashPassword, verifyPassword } from './password.js';

describe('a password', () => {
  it('is known again, also typed with accents composed in another way, and no other is', async () => {
    const hash = await hashPassword('une phrase très secrète');
    expect(hash).toMatch(/^scrypt\$32768\$8\$1\$/);
    expect(await verifyPassword('une phrase très secrète'.normalize('NFD'), hash)).toBe(true);
    expect(await verifyPassword('une phrase tres secrete', hash)).toBe(false);
    expect(await hashPassword('une phrase très secrète')).not.toBe(hash);
  });

  it('of nobody is wrong, whatever it is', async () => {
    expect(await verifyPassword('', null)).toBe(false);
  });

  it('keeps working when the cost is raised later', async () => {
    const salt = Buffer.from('0123456789abcdef');
    const older = scryptSync('une phrase', salt, 32, { N: 1024, r: 4, p: 1 });
    const hash = `scrypt$1024$4$1$${salt.toString('base64url')}$${older.toString('base64url')}`;
    expect(await verifyPassword('une phrase', hash)).toBe(true);
    expect(await verifyPassword('une phrase', hash.replace('$1024$', '$2048$'))).toBe(false);
  });
});
