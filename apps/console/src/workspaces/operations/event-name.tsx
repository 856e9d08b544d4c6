import { Code } from '@mantine/core';

/** `tech.lacollecte.intake.lot-submitted.v1` → `intake.lot-submitted` */
export const shortType = (type: string): string => type.replace(/^tech\.lacollecte\./, '').replace(/\.v\d+$/, '');

export function EventName({ type }: { readonly type: string | null }) {
  return <Code style={{ overflowWrap: 'anywhere' }}>{type === null ? '?' : shortType(type)}</Code>;
}
