import { createContext, useContext } from 'react';
import { NumberField } from '../form/number-field.js';
import classes from './scheme.module.css';
import type { Place } from './scheme.js';
import { useSchemeWords } from './scheme-words.js';

export interface SchemeEdit {
  readonly put: (place: Place, value: unknown) => void;
  readonly errorOf: (place: Place) => string | undefined;
}

/** Null where a scheme is only shown. */
export const SchemeEditing = createContext<SchemeEdit | null>(null);

interface SchemeNumberProps {
  readonly place: Place;
  readonly value: number;
  /** What it is, for who does not see where it stands. */
  readonly label: string;
}

/** A number of a scheme: as text, or as a field where it is being edited. */
export function SchemeNumber({ place, value, label }: SchemeNumberProps) {
  const edit = useContext(SchemeEditing);
  const { number } = useSchemeWords();
  if (edit === null) return <b>{number(value)}</b>;
  return (
    <NumberField
      className={classes.number}
      size="xs"
      aria-label={label}
      value={value}
      onChange={(next) => edit.put(place, next)}
      error={edit.errorOf(place)}
    />
  );
}
