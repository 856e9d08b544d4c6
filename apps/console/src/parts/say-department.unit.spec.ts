import { department } from '@lacollecte/contracts';
import { sayIn } from './say-department.js';

it('says each département as French does, by its name', () => {
  expect(['93', '69', '01', '75', '2A', '974', '06'].map((code) => sayIn(code, 'fr'))).toEqual([
    'en Seine-Saint-Denis', 'dans le Rhône', 'dans l’Ain', 'à Paris', 'en Corse-du-Sud', 'à La Réunion', 'dans les Alpes-Maritimes',
  ]);
  expect(sayIn('93', 'en')).toBe('in Seine-Saint-Denis');
});

it('knows every département that there is', () => {
  const codes = [...Array.from({ length: 988 }, (_, n) => String(n + 1).padStart(2, '0')), '2A', '2B'].filter((code) => department(code) !== null);
  expect(codes).toHaveLength(107);
  expect(codes.filter((code) => sayIn(code, 'en') === `in ${code}`)).toEqual([]);
});
