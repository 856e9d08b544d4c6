import type { Sheet } from '../scanning/steps.js';
import type { StepBody } from './use-step.js';

export type Drive = Sheet['drives'][number];
export type Method = Sheet['evidence'][number]['method'];
export const RESULTS = ['passed', 'failed', 'aborted'] as const;

/** Which methods rid which medium of data. */
export const METHODS_FOR: Readonly<Record<Drive['kind'], readonly Method[]>> = { hdd: ['clear', 'sanitize', 'crypto-erase'], ssd: ['sanitize', 'crypto-erase'], nvme: ['sanitize', 'crypto-erase'], internal: ['factory-reset'] };

export interface ErasureDraft {
  readonly driveId: string;
  readonly method: Method;
  readonly tool: string;
  readonly toolVersion: string;
  /** Local times to the second, as a field for times has them. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly verified: boolean;
  readonly accountUnlinked: boolean;
  readonly result: (typeof RESULTS)[number];
}
export type Field = 'tool' | 'toolVersion' | 'startedAt' | 'finishedAt' | 'verified' | 'accountUnlinked' | 'order';

/** A time for a field of times, in the zone of this computer. */
export function localTime(time: Date): string {
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

/** What keeps it from counting. */
export function lacking(draft: ErasureDraft): Field[] {
  const [start, end] = [Date.parse(draft.startedAt), Date.parse(draft.finishedAt)];
  const passed = draft.result === 'passed';
  return [
    ...(['tool', 'toolVersion'] as const).filter((field) => draft[field].trim() === ''),
    ...(Number.isNaN(start) ? ['startedAt' as const] : []), ...(Number.isNaN(end) ? ['finishedAt' as const] : []), ...(start > end ? ['order' as const] : []),
    ...(passed && draft.method === 'clear' && !draft.verified ? ['verified' as const] : []), ...(passed && draft.method === 'factory-reset' && !draft.accountUnlinked ? ['accountUnlinked' as const] : []),
  ];
}

/** Of a draft that lacks nothing. */
export function erasureBody({ driveId, method, tool, toolVersion, startedAt, finishedAt, verified, accountUnlinked, result }: ErasureDraft, serial: string | null): StepBody {
  return {
    step: 'erase', driveId, serial, method, tool: tool.trim(), toolVersion: toolVersion.trim(), startedAt: new Date(startedAt).toISOString(), finishedAt: new Date(finishedAt).toISOString(), verified, accountUnlinked, result,
  };
}
