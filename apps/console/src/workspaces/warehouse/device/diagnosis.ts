import type { Category } from '@lacollecte/contracts';
import { AGES, type Sheet } from '../scanning/steps.js';
import { figureIn, figureText } from './figure.js';
import type { StepBody } from './use-step.js';

export const FIGURES = ['cpuMark', 'ramGb', 'storageGb', 'benchmark'] as const;
export type Figure = (typeof FIGURES)[number];
export const DRIVE_KINDS = ['nvme', 'ssd', 'hdd'] as const;
export const OUTCOMES = ['destroyed', 'given-back'] as const;

export interface DriveDraft {
  readonly key: string;
  readonly kind: (typeof DRIVE_KINDS)[number];
  readonly sizeGb: string;
  readonly serial: string;
  readonly readable: boolean;
}
export interface DiagnosisDraft extends Readonly<Record<Figure, string>> {
  readonly cpu: string;
  readonly drives: readonly DriveDraft[];
  readonly age: (typeof AGES)[number];
  readonly sim: string;
  readonly sd: string;
  readonly outcome: (typeof OUTCOMES)[number];
}

/** What is asked of each kind: the figures its grade comes from, and whether drives can be taken out of it. */
export function asked(category: Category): { readonly cpu: boolean; readonly figures: readonly Figure[]; readonly drives: boolean; readonly cards: boolean } {
  switch (category) {
    case 'laptop': case 'desktop': case 'all-in-one': return { cpu: true, figures: ['cpuMark', 'ramGb'], drives: true, cards: false };
    case 'smartphone': case 'tablet': return { cpu: false, figures: ['ramGb', 'storageGb', 'benchmark'], drives: false, cards: true };
    case 'phone': return { cpu: false, figures: ['storageGb'], drives: false, cards: true };
    case 'printer': return { cpu: false, figures: [], drives: true, cards: false };
    default: return { cpu: false, figures: [], drives: false, cards: false };
  }
}

export const newDrive = (): DriveDraft => ({ key: crypto.randomUUID(), kind: 'nvme', sizeGb: '', serial: '', readable: true });

/** As the sheet has it. */
export function diagnosisOf({ hardware, drives, simCards, sdCards }: Sheet): DiagnosisDraft {
  const present = drives.filter((drive) => drive.present && drive.kind !== 'internal');
  return {
    cpu: hardware?.cpu ?? '', cpuMark: figureText(hardware?.cpuMark), ramGb: figureText(hardware?.ramGb), storageGb: figureText(hardware?.storageGb), benchmark: figureText(hardware?.benchmark),
    drives: present.map((drive) => ({ key: drive.id, kind: DRIVE_KINDS.find((kind) => kind === drive.kind) ?? 'ssd', sizeGb: figureText(drive.sizeGb), serial: drive.serial ?? '', readable: drive.readable })),
    age: 'unsaid', sim: simCards > 0 ? String(simCards) : '', sd: sdCards > 0 ? String(sdCards) : '', outcome: 'destroyed',
  };
}

/** What keeps it from being sent: figures that are none, and drives without a size, by their place from 1. */
export function faultsOf(draft: DiagnosisDraft, category: Category): { readonly figures: readonly Figure[]; readonly drives: readonly number[]; readonly cards: readonly ('sim' | 'sd')[] } {
  const { figures, drives, cards } = asked(category);
  const wrong = (text: string) => Number.isNaN(figureIn(text));
  return {
    figures: figures.filter((figure) => wrong(draft[figure])),
    drives: drives ? draft.drives.flatMap(({ sizeGb }, i) => (figureIn(sizeGb) === null || wrong(sizeGb) ? [i + 1] : [])) : [],
    cards: cards ? (['sim', 'sd'] as const).filter((card) => draft[card] !== '' && !/^\d$/.test(draft[card].trim())) : [],
  };
}

/** Figures that grading will ask for, and nobody has said. */
export const neededLater = (draft: DiagnosisDraft, category: Category): Figure[] => asked(category).figures.filter((figure) => category !== 'phone' && figureIn(draft[figure]) === null);

/** Of a draft without faults. */
export function diagnosisBody(draft: DiagnosisDraft, category: Category): StepBody {
  const { cpu, figures, drives, cards } = asked(category);
  const cardsOut = cards && (draft.sim.trim() !== '' || draft.sd.trim() !== '');
  return {
    step: 'diagnose',
    hardware: { ...(cpu && { cpu: draft.cpu.trim() === '' ? null : draft.cpu.trim() }), ...Object.fromEntries(figures.map((figure) => [figure, figureIn(draft[figure])])) },
    drives: drives ? draft.drives.map(({ kind, sizeGb, serial, readable }) => ({ kind, sizeGb: figureIn(sizeGb) ?? 0, serial: serial.trim() === '' ? null : serial.trim(), readable })) : [],
    ...(draft.age !== 'unsaid' && { olderThanTenYears: draft.age === 'older' }),
    ...(cardsOut && { cards: { sim: Number(draft.sim), sd: Number(draft.sd), outcome: draft.outcome } }),
  } as StepBody;
}
