import { canonicalLabel, labelOf } from './label.js';

describe('labels', () => {
  it.each(['LC-7K3M-9QAT', 'lc 7k3m 9qat', 'LC7K3M9QAT', ' lc-7k3m-9qat ', 'LC)èK"?)çAQT'])('understands %s', (scanned) => {
    expect(canonicalLabel(scanned)).toBe('LC-7K3M-9QAT');
  });

  it.each(['LC-7K3M-9AQT', 'LC-7K3M-9QA', 'GRPC26-0008', '', 'LC-7K3U-9QAT', 'XX-7K3M-9QAT'])('refuses %s', (scanned) => {
    expect(canonicalLabel(scanned)).toBeNull();
  });

  it('gives each number its own label, and none where the check would be no digit', () => {
    const labels = Array.from({ length: 370 }, (_, number) => labelOf(number));
    // 5 of 37 remainders (32 to 36) have no digit.
    expect(labels.filter((label) => label === null)).toHaveLength(50);
    const issued = labels.filter((label) => label !== null);
    expect(new Set(issued).size).toBe(320);
    for (const label of issued) expect(canonicalLabel(label)).toBe(label);
  });

  it('notices each single wrong character and each swap of neighbours', () => {
    const label = 'LC-7K3M-9QAT';
    for (let i = 3; i < label.length; i++) {
      if (label[i] === '-') continue;
      for (const other of '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.replace(label[i]!, '')) {
        expect(canonicalLabel(label.slice(0, i) + other + label.slice(i + 1))).toBeNull();
      }
    }
    expect(canonicalLabel('LC-K73M-9QAT')).toBeNull();
  });
});
