import { canonicalLabel } from './label.js';

test.each(['LC-7K3M-9QAT', 'lc 7k3m 9qat', ' LC7K3M9QAT ', 'LC)èK"?)çAQT', 'lc)èk"?)çaqt'])('%s is LC-7K3M-9QAT', (scanned) => {
  expect(canonicalLabel(scanned)).toBe('LC-7K3M-9QAT');
});

test.each(['LC-7K3M-9AQT', 'LC-7K3M-9QA', 'XX-7K3M-9QAT', '', 'LC-7K3U-9QAT', 'GRPC26-0008'])('%s is no label', (scanned) => {
  expect(canonicalLabel(scanned)).toBeNull();
});
