import { Attempts } from './attempts.js';

const QUARTER_HOUR = 15 * 60_000;

describe('attempts', () => {
  it('stops the sixth guess for one account from one address, and no other account or address', () => {
    const attempts = new Attempts();
    for (let guess = 0; guess < 5; guess += 1) expect(attempts.begin('a@x.fr', '10.0.0.1', 1000)).toBe(0);
    expect(attempts.begin('a@x.fr', '10.0.0.1', 1000)).toBe(900);
    expect(attempts.begin('b@x.fr', '10.0.0.1', 1000)).toBe(0);
    expect(attempts.begin('a@x.fr', '10.0.0.2', 1000)).toBe(0);
    expect(attempts.begin('a@x.fr', '10.0.0.1', 1000 + QUARTER_HOUR)).toBe(0);
  });

  it('stops one address that tries many accounts', () => {
    const attempts = new Attempts();
    for (let guess = 0; guess < 50; guess += 1) expect(attempts.begin(`${guess}@x.fr`, '10.0.0.1', 0)).toBe(0);
    expect(attempts.begin('another@x.fr', '10.0.0.1', 0)).toBeGreaterThan(0);
  });

  it('forgets the guesses of who gets it right', () => {
    const attempts = new Attempts();
    for (let guess = 0; guess < 60; guess += 1) {
      expect(attempts.begin('a@x.fr', '10.0.0.1', 0)).toBe(0);
      attempts.succeeded('a@x.fr', '10.0.0.1');
    }
  });

  it('still stops a guess after ten thousand other accounts were tried elsewhere', () => {
    const attempts = new Attempts();
    for (let other = 0; other < 12_000; other += 1) attempts.begin('x@x.fr', `address ${other}`, 0);
    for (let guess = 0; guess < 5; guess += 1) attempts.begin('a@x.fr', '10.0.0.1', 1);
    expect(attempts.begin('a@x.fr', '10.0.0.1', 1)).toBeGreaterThan(0);
  });
});
