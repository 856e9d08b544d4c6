import { useState } from 'react';
import { CHOICES, type Choice, type Fields, FIELDS } from './steps.js';

const KEPT = 'lacollecte.steps';
interface Kept {
  readonly choice: Choice;
  readonly fields: Fields;
}

/** A drive's serial is of one device: no other that comes after it has it. */
const withoutSerial = ({ choice, fields }: Kept): Kept => ({ choice, fields: { ...fields, serial: '' } });

/** What was last chosen at this bench, on this device. */
export function useKeptFields(): [Kept, (kept: Kept) => void] {
  const [kept, setKept] = useState(read);
  return [kept, (given) => {
    const next = withoutSerial(given);
    setKept(next);
    localStorage.setItem(KEPT, JSON.stringify(next));
  }];
}

function read(): Kept {
  const { choice, fields } = JSON.parse(localStorage.getItem(KEPT) ?? '{}') as Partial<Kept>;
  return withoutSerial({ choice: CHOICES.find((known) => known === choice) ?? 'grade', fields: { ...FIELDS, ...fields } });
}
