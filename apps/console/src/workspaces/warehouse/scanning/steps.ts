import type { Category } from '@lacollecte/contracts';
import type { components, paths } from '../../../api/generated/refurbishment.js';
import type { KeptScan } from '../../../offline/kept-scans.js';

export type Sheet = paths['/api/refurbishment/devices/{identifier}']['get']['responses'][200]['content']['application/json'];
export type Checklists = paths['/api/refurbishment/checklists']['get']['responses'][200]['content']['application/json'];
export type ChecklistItem = Checklists[string][number];
export type Problem = components['schemas']['Problem'];

/** What can be done of a device by scanning it, in the order of the benches. */
export const CHOICES = ['diagnose', 'declare-no-media', 'erase', 'test', 'grade', 'start-repair', 'finish-repair', 'block', 'unblock', 'reject', 'find'] as const;
export type Choice = (typeof CHOICES)[number];

export const DRIVES = ['none', 'nvme', 'ssd', 'hdd'] as const;
export const METHODS = ['sanitize', 'crypto-erase', 'clear', 'factory-reset'] as const;
export const AGES = ['unsaid', 'younger', 'older'] as const;
export const BLOCKS = ['part-awaited', 'account-lock', 'enrolment', 'bios-password', 'donor-answer'] as const;
export const REJECTIONS = ['beyond-repair', 'age', 'grade', 'incomplete', 'dangerous', 'donor-silent', 'other'] as const;
export const CATEGORIES = ['laptop', 'desktop', 'all-in-one', 'smartphone', 'tablet', 'phone', 'monitor', 'printer', 'accessory'] as const satisfies readonly Category[];
const COMPUTERS: readonly string[] = ['laptop', 'desktop', 'all-in-one'] satisfies Category[];
const MOBILES: readonly string[] = ['smartphone', 'tablet', 'phone'] satisfies Category[];

/** What the steps need beside the label; each step uses its part of it. */
export interface Fields {
  readonly age: (typeof AGES)[number];
  readonly drive: (typeof DRIVES)[number];
  readonly sizeGb: number | null;
  readonly serial: string;
  readonly method: (typeof METHODS)[number];
  readonly tool: string;
  readonly toolVersion: string;
  readonly category: Category;
  /** Of the checklist's items that have one, by code. */
  readonly values: Readonly<Record<string, string | number>>;
  readonly block: (typeof BLOCKS)[number];
  readonly rejection: (typeof REJECTIONS)[number];
}
export const FIELDS: Fields = {
  age: 'unsaid', drive: 'none', sizeGb: null, serial: '', method: 'sanitize', tool: 'ShredOS', toolVersion: '2025.02', category: 'laptop', values: {}, block: 'part-awaited', rejection: 'beyond-repair',
};

/** As far as the device itself says. */
export const fieldsFor = (device: Pick<Sheet, 'category'>, kept: Fields): Fields => ({
  ...kept, category: device.category, serial: '',
  ...(MOBILES.includes(device.category) ? { method: 'factory-reset' as const, tool: 'factory menu', toolVersion: '1' } : kept.method === 'factory-reset' ? { method: FIELDS.method, tool: FIELDS.tool, toolVersion: FIELDS.toolVersion } : {}),
});

/** Whether somebody has to say more than that it was done. */
export function asksMore(choice: Choice, category: Category): boolean {
  if (choice === 'diagnose') return COMPUTERS.includes(category);
  if (choice === 'test') return COMPUTERS.includes(category) || MOBILES.includes(category);
  return choice === 'erase' || choice === 'block' || choice === 'reject';
}

/** The step as the service takes it; null while something is missing. */
export function stepOf(choice: Choice, fields: Fields, checklists: Checklists | undefined): KeptScan['step'] | null {
  switch (choice) {
    case 'diagnose': {
      if (fields.drive !== 'none' && fields.sizeGb === null) return null;
      const drive = { kind: fields.drive, sizeGb: fields.sizeGb, ...(fields.serial.trim() !== '' && { serial: fields.serial.trim() }) };
      return { step: choice, hardware: {}, drives: fields.drive === 'none' ? [] : [drive], ...(fields.age !== 'unsaid' && { olderThanTenYears: fields.age === 'older' }) };
    }
    case 'erase': {
      const { method, tool, toolVersion, serial } = fields;
      if (tool.trim() === '' || toolVersion.trim() === '') return null;
      const now = new Date().toISOString();
      return {
        step: choice, method, tool: tool.trim(), toolVersion: toolVersion.trim(), serial: serial.trim() === '' ? null : serial.trim(), startedAt: now, finishedAt: now, verified: true,
        accountUnlinked: method === 'factory-reset', result: 'passed',
      };
    }
    case 'test': {
      const results = checklists?.[fields.category]?.map((item) => [item.code, resultOf(item, fields.values[item.code])] as const);
      return !results || results.some(([, result]) => result === null) ? null : { step: choice, results: Object.fromEntries(results) };
    }
    case 'grade':
      return { step: choice, adjustments: {} };
    case 'block':
      return { step: choice, reason: fields.block };
    case 'reject':
      return { step: choice, reason: fields.rejection };
    default:
      return { step: choice };
  }
}

/** It works, with its value where it has one; without it, what may be left out does not apply. */
function resultOf({ value, optional }: ChecklistItem, given: string | number | undefined): object | null {
  if (value === undefined) return { verdict: 'works' };
  if (given !== undefined && given !== '') return { verdict: 'works', value: given };
  return optional === true ? { verdict: 'not-applicable' } : null;
}

const OF_CHECK = { diagnosis: 'diagnose', erasure: 'erase', test: 'test', grade: 'grade' } as const;
/** What may be somebody's one next step. */
export type NextStep = Exclude<Choice, 'start-repair' | 'block' | 'reject'>;
const OF_STATE: Readonly<Partial<Record<Sheet['state'], NextStep>>> = { repairing: 'finish-repair', blocked: 'unblock', lost: 'find' };

/** The one thing to do next with it, or null where the workshop has nothing to do. */
export function nextOf(device: Pick<Sheet, 'state' | 'next' | 'category'>): NextStep | null {
  if (device.next === 'erasure' && device.category === 'printer') return 'declare-no-media';
  return device.next === null ? (OF_STATE[device.state] ?? null) : OF_CHECK[device.next];
}

/** The others that its state allows. */
export function othersOf(device: Pick<Sheet, 'state' | 'next' | 'category'>): Choice[] {
  const atWork = device.state === 'received' || device.state === 'in-workshop';
  const possible: readonly Choice[] = atWork ? ['start-repair', 'block', 'reject', ...(device.next === 'erasure' ? ['declare-no-media' as const] : [])] : ['repairing', 'blocked'].includes(device.state) ? ['reject'] : [];
  return possible.filter((choice) => choice !== nextOf(device));
}

/** Steps that their own hand may take back while nothing followed. */
const UNDOABLE: ReadonlySet<string> = new Set<string>(['diagnose', 'erase', 'declare-no-media', 'test', 'grade', 'start-repair', 'finish-repair', 'block', 'unblock', 'reject']);
const UNANNOUNCED: ReadonlySet<string> = new Set(['received', 'in-workshop', 'repairing', 'blocked', 'rejected', 'harvested']);

export const canUndo = (step: string, device: { readonly state: string }): boolean => UNDOABLE.has(step) && UNANNOUNCED.has(device.state);
