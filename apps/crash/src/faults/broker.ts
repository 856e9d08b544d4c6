import { setTimeout as sleep } from 'node:timers/promises';
import { kafkaClient } from '@lacollecte/messaging';
import { silent } from './distributed.js';
import { type Fault, now, struck } from './fault.js';

const CUT_MS = 8_000;
/** Longer than a member's session. */
const SLOW_MS = 15_000;
const SLOWER_BY_MS = 400;
const RESETS = 25;

export const brokerFaults: readonly Fault[] = [
  {
    name: 'broker stopped and started',
    strike: async ({ system: { platform }, random }) => {
      const [broker] = platform.kafka.brokers;
      const signal = random.pick(['SIGTERM', 'SIGKILL'] as const);
      const before = broker!.program!;
      await broker!.stop(signal);
      const how = await before.ended;
      await sleep(random.between(2_000, CUT_MS));
      await broker!.start();
      struck(broker!.program!.pid !== before.pid, 'the broker is the one that it was');
      return now(`process ${before.pid} ended (${how}), ${broker!.program!.pid} took its place`);
    },
  },
  {
    name: 'broker slow',
    strike: async ({ system: { platform } }) => {
      let late = 0;
      platform.kafkaProxy.meddle(() => {
        late++;
        return SLOWER_BY_MS;
      });
      await sleep(SLOW_MS);
      platform.kafkaProxy.meddle(null);
      struck(late > 50, `${late} pieces came late`);
      return now(`${late} pieces came ${SLOWER_BY_MS} ms late`);
    },
  },
  {
    name: 'broker cut off',
    strike: async ({ system: { platform } }) => {
      const cut = platform.kafkaProxy.cutOff(true);
      await sleep(CUT_MS);
      platform.kafkaProxy.cutOff(false);
      struck(cut > 5, `${cut} connections were cut`);
      return now(`${cut} connections were reset, and none was taken for ${CUT_MS / 1000} s`);
    },
  },
  {
    name: 'broker connection reset in mid-frame',
    strike: async ({ system: { platform }, random }) => {
      const halves = { request: 0, answer: 0 };
      platform.kafkaProxy.meddle((piece, way) => {
        // Long enough to be no heartbeat; not each, or nobody would ever get to the next.
        if (piece.length < 60 || random.next() > 0.15) return 'pass';
        halves[way]++;
        return 'half';
      });
      for (const end = Date.now() + SLOW_MS * 2; Date.now() < end && halves.request + halves.answer < RESETS; ) await sleep(50);
      platform.kafkaProxy.meddle(null);
      struck(halves.request > 0 && halves.answer > 0, `${halves.request} requests and ${halves.answer} answers were cut in half`);
      return now(`${halves.request} requests and ${halves.answer} answers were cut in half`);
    },
  },
  {
    name: 'broker connections half open',
    strike: async ({ system: { platform } }) => {
      const silenced = platform.kafkaProxy.silenceAll();
      struck(silenced > 5, `${silenced} connections fell silent`);
      return Promise.resolve(now(`${silenced} connections fell silent, and nobody was told`));
    },
  },
  {
    name: 'a rebalance every 2 s for 2 min',
    strike: async ({ system: { platform }, random }) => {
      /** One topic of each group. */
      const topics = { refurbishment: 'intake.device', inventory: 'refurbishment.device', matching: 'matching.allocation', dispatch: 'matching.allocation', traceability: 'refurbishment.device' };
      let joined = 0;
      const kafka = kafkaClient(platform.transport, silent);
      for (const end = Date.now() + 120_000; Date.now() < end; ) {
        const [groupId, topic] = random.pick(Object.entries(topics));
        // Takes partitions, reads, and commits nothing.
        const member = kafka.consumer({ groupId, sessionTimeout: 10_000, rebalanceTimeout: 10_000, allowAutoTopicCreation: false });
        member.on(member.events.GROUP_JOIN, () => joined++);
        await member.connect();
        await member.subscribe({ topics: [topic] });
        await member.run({ autoCommit: false, eachBatchAutoResolve: false, eachBatch: () => Promise.resolve() });
        await sleep(2_000);
        await member.disconnect();
      }
      struck(joined > 10, `${joined} members joined`);
      return now(`${joined} times a stranger joined a group and left it, each time twice that all shared anew`);
    },
  },
];
