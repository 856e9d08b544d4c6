import { department, departmentOf, kilometres } from './department.js';
import { PREFECTURES } from './prefectures.js';

describe('the département of a postal code', () => {
  it.each([
    ['69007', '69'], ['01000', '01'], ['75116', '75'], ['93200', '93'],
    ['20000', '2A'], ['20137', '2A'], ['20200', '2B'], ['20620', '2B'],
    ['97110', '971'], ['97200', '972'], ['97300', '973'], ['97400', '974'], ['97600', '976'],
    ['97500', '975'], ['97133', '977'], ['97150', '978'], ['98600', '986'], ['98713', '987'], ['98800', '988'],
  ])('%s → %s', (postalCode, code) => {
    expect(departmentOf(postalCode)).toBe(code);
  });

  it.each(['00100', '98000', '99999', '96000'])('%s is in none', (postalCode) => {
    expect(departmentOf(postalCode)).toBeNull();
  });
});

describe('the table of préfectures', () => {
  it('has 96 départements of the mainland and Corsica, 5 overseas and 6 collectivities, each once', () => {
    const codes = PREFECTURES.map(([code]) => code);
    expect(new Set(codes).size).toBe(107);
    expect(codes.filter((code) => code.length === 2)).toHaveLength(96);
    expect(PREFECTURES.filter(([, , region]) => region === null)).toHaveLength(6);
    expect(new Set(PREFECTURES.map(([, , region]) => region).filter((region) => region !== null)).size).toBe(18);
  });

  it('has the mainland and Corsica where they are', () => {
    for (const [code, , , latitude, longitude] of PREFECTURES.filter(([c]) => c.length === 2)) {
      expect([code, latitude > 41.3 && latitude < 51.1, longitude > -5.2 && longitude < 9.6]).toEqual([code, true, true]);
    }
    expect(department('2A')).toMatchObject({ prefecture: 'Ajaccio', region: '94' });
  });
});

describe('kilometres between départements', () => {
  it('are 1.3 great circles: Paris to Lyon 392 km as the crow flies', () => {
    expect(kilometres('75', '69')).toBeGreaterThan(392 * 1.3 * 0.99);
    expect(kilometres('75', '69')).toBeLessThan(392 * 1.3 * 1.01);
  });

  it('are the same both ways, none within one, unknown for an unknown', () => {
    expect(kilometres('974', '75')).toBe(kilometres('75', '974'));
    expect(kilometres('974', '75')).toBeGreaterThan(11_000);
    expect(kilometres('69', '69')).toBe(0);
    expect(kilometres('69', null)).toBeNull();
  });
});
