import type { ReceivedRecord, RecordBatch } from './transport.js';
import { Together } from './together.js';

const never = new AbortController().signal;

function batch(topic: string, partition: number, records: number, signal = never): RecordBatch {
  const of = (i: number): ReceivedRecord => ({ topic, partition, offset: BigInt(i), timestamp: new Date(0), key: null, headers: {}, value: null });
  return { topic, partition, records: Array.from({ length: records }, (_, i) => of(i)), signal };
}

const shown = (records: readonly ReceivedRecord[]): string => records.map(({ topic, partition, offset }) => `${topic}${partition}.${offset}`).join(' ');

it('small batches of a topic that come in one turn are applied as one, each in its order, up to the most', async () => {
  const applied: string[] = [];
  const together = new Together(5, async (records) => void applied.push(shown(records)));
  await Promise.all([batch('a', 0, 2), batch('b', 0, 1), batch('a', 1, 2), batch('a', 2, 2), batch('a', 3, 1)].map((one) => together.add(one)));
  expect(applied).toEqual(['a0.0 a0.1 a1.0 a1.1 a3.0', 'b0.0', 'a2.0 a2.1']);
});

it('no more than three are under way; what waits meanwhile is applied together', async () => {
  const open: (() => void)[] = [];
  const applied: string[] = [];
  const together = new Together(5, (records) => {
    applied.push(shown(records));
    return new Promise((resolve) => open.push(resolve));
  });
  const adding = [];
  for (let partition = 0; partition < 5; partition++) {
    adding.push(together.add(batch('a', partition, 1)));
    await new Promise(setImmediate);
  }
  expect(applied).toEqual(['a0.0', 'a1.0', 'a2.0']);
  open[1]!();
  await adding[1];
  await new Promise(setImmediate);
  expect(applied).toEqual(['a0.0', 'a1.0', 'a2.0', 'a3.0 a4.0']);
  for (const done of open) done();
  await Promise.all(adding);
});

it('the failure of one is not that of the others: nor is its partition being taken away', async () => {
  const applied: string[] = [];
  const together = new Together(5, async (records, signal) => {
    signal.throwIfAborted();
    if (records.some(({ partition }) => partition === 1)) throw new Error('at fault');
    applied.push(shown(records));
  });
  const taken = AbortSignal.abort(new Error('taken away'));
  const results = await Promise.allSettled([batch('a', 0, 1), batch('a', 1, 1), batch('a', 2, 1, taken), batch('a', 3, 1)].map((one) => together.add(one)));
  expect(results.map((result) => (result.status === 'rejected' ? (result.reason as Error).message : 'applied'))).toEqual(['applied', 'at fault', 'taken away', 'applied']);
  expect(applied).toEqual(['a0.0', 'a3.0']);
});
