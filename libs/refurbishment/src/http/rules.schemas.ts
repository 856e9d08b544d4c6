import { Category, Grade } from '@lacollecte/contracts';
import { spec } from '@lacollecte/http';
import { z } from 'zod';

const Fact = z.union([z.number(), z.string().max(40)]);
const When = z.array(z.object({ input: z.string().max(40), in: z.array(Fact).max(50).optional(), atLeast: z.number().optional(), below: z.number().optional() })).max(10);
const Table = z
  .array(z.tuple([z.number(), z.number()]))
  .min(1)
  .max(200)
  .refine((table) => table.every(([from], i) => i === 0 || from > table[i - 1]![0]), { message: 'by rising value' });
const when = When.optional();

const Scheme = z
  .object({
    inputs: z.record(
      z.string().max(40),
      z.object({
        from: z.number().optional(), to: z.number().optional(), oneOf: z.array(Fact).max(50).optional(), roundUpTo: z.array(z.number()).max(100).optional(), optional: z.boolean().optional(),
      }),
    ),
    terms: z
      .array(
        z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('steps'), input: z.string().max(40), table: Table, when }),
          z.object({ kind: z.literal('linear'), input: z.string().max(40), table: Table, when }),
          z.object({ kind: z.literal('constant'), points: z.number(), when }),
          z.object({ kind: z.literal('value'), input: z.string().max(40), when }),
        ]),
      )
      .min(1)
      .max(50),
    percent: z.string().max(40).optional(),
    bands: z.array(z.object({ below: z.number(), grade: Grade })).max(10),
    top: Grade,
    caps: z.array(z.object({ when: When.min(1), atMost: Grade })).max(20),
  })
  .refine((scheme) => scheme.bands.every((band, i) => i === 0 || band.below > scheme.bands[i - 1]!.below), { path: ['bands'], message: 'by rising total' })
  .refine(
    (scheme) => {
      const used = [
        ...scheme.terms.flatMap((term) => [...('input' in term ? [term.input] : []), ...(term.when ?? []).map((one) => one.input)]),
        ...scheme.caps.flatMap((cap) => cap.when.map((one) => one.input)), ...(scheme.percent === undefined ? [] : [scheme.percent]),
      ];
      return used.every((input) => input in scheme.inputs);
    },
    { path: ['inputs'], message: 'every input that is used must be stated' },
  );

export const RuleSetView = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{1,39}$/), categories: z.array(Category).min(1), validFrom: z.iso.date(), scheme: Scheme,
});
export const listRulesSpec = spec({
  summary: 'Rule sets for grading, the newest first', roles: ['operator', 'coordinator', 'ops', 'admin', 'service'], returns: z.array(RuleSetView),
});
export const addRulesSpec = spec({ summary: 'Add a dated rule set', roles: ['admin'], body: RuleSetView, returns: RuleSetView });

export const listChecklistsSpec = spec({
  summary: 'What is tested, by category', roles: ['operator', 'coordinator', 'ops', 'admin', 'service'],
  returns: z.record(Category, z.array(z.object({ code: z.string(), fr: z.string(), en: z.string(), blocks: z.boolean(), optional: z.boolean().optional(), value: z.enum(['percent', 'text']).optional() }))),
});
