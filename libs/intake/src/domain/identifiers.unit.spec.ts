import { isSpoiltBySpreadsheet, luhn, normaliseImei, normaliseSerial } from './identifiers.js';

describe('a serial', () => {
  it.each([
    [' 5cg 95yay u9 ', '5CG95YAYU9'], ["'0012345", '0012345'], ['esh7460', 'ESH7460'], ['12E4567', '12E4567'], ['PF-0X1234', 'PF-0X1234'], ['0000A', '0000A'],
  ])('%p is compared as %p', (text, serial) => expect(normaliseSerial(text)).toBe(serial));

  it.each([
    '', '  ', 'N/A', 'n/a', 'To be filled by O.E.M.', 'Default string', 'System Serial Number', '0', '00000000', 'XXXXXXX', '----', '........', 'FFFFFFFF', 'inconnu', 'Néant', 'sans',
    '-', '?', "'N/A",
  ])('%p says that there is none', (text) => expect(normaliseSerial(text)).toBeNull());
});

describe('a number spoilt by a spreadsheet', () => {
  it.each(['3.56E+14', '3,56E+14', '3,56e+14', '1E+15', '3.56E14', ' 3.56E+14 '])('%p is one', (text) => expect(isSpoiltBySpreadsheet(text)).toBe(true));
  it.each(['12E4567', '5E12', '356938035643809', 'E+14', 'ABC1.5E+3', '3.56'])('%p is none', (text) => expect(isSpoiltBySpreadsheet(text)).toBe(false));
});

describe('an IMEI', () => {
  it.each([
    ['490154203237518', '490154203237518'], ['49 015420 323751 8', '490154203237518'], ['49-015420-323751-8', '490154203237518'],
    ['490154203237517', null], ['49015420323751', null], ['4901542032375180', null], ['000000000000000', null], ['49015420323751X', null], ['', null],
  ])('%p is %p', (text, imei) => expect(normaliseImei(text)).toBe(imei));

  it('with any one digit wrong is refused', () => {
    const imei = '356938035643809';
    expect(luhn(imei)).toBe(true);
    for (let at = 0; at < imei.length; at++) {
      for (let digit = 0; digit < 10; digit++) {
        if (digit === Number(imei[at])) continue;
        expect(normaliseImei(`${imei.slice(0, at)}${digit}${imei.slice(at + 1)}`)).toBeNull();
      }
    }
  });
});
