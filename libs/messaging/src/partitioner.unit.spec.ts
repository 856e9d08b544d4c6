import { murmur2, partitionOf } from './partitioner.js';

// The values that Apache Kafka's own tests have for its murmur2.
const KNOWN: [string, number][] = [
  ['21', -973932308],
  ['foobar', -790332482],
  ['a-little-bit-long-string', -985981536],
  ['a-little-bit-longer-string', -1486304829],
  ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
  ['abc', 479470107],
];

describe('the partition of a key', () => {
  it.each(KNOWN)('hashes %s as Kafka does', (key, hash) => {
    expect(murmur2(Buffer.from(key))).toBe(hash);
  });

  it('is within the topic and the same every time', () => {
    for (let i = 0; i < 1000; i++) {
      const partition = partitionOf(`device-${i}`, 12);
      expect(partition).toBeGreaterThanOrEqual(0);
      expect(partition).toBeLessThan(12);
      expect(partitionOf(`device-${i}`, 12)).toBe(partition);
    }
  });

  it('puts records without key into partition 0', () => {
    expect(partitionOf(null, 12)).toBe(0);
  });
});
