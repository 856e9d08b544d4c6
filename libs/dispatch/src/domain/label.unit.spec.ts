import { canonicalLabel } from './label.js';

describe('canonicalLabel', () => {
  it.each(['LC-7K3M-9QAT', 'lc 7k3m 9qat', 'LC7K3M9QAT', ' lc-7k3m-9qat ', 'LC)èK"?)çAQT'])('understands %s', (scanned) => {
    expect(canonicalLabel(scanned)).toBe('LC-7K3M-9QAT');
  });

  it.each(['LC-7K3M-9AQT', 'LC-7K3M-9QA', 'GRPC26-0008', '', 'LC-7K3U-9QAT'])('refuses %s', (scanned) => {
    expect(canonicalLabel(scanned)).toBeNull();
  });
});
