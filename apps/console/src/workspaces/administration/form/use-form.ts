import { type ChangeEvent, type FormEvent, useState } from 'react';
import { Problem, type RefusedField } from '../../../api/problem.js';

type Errors = Readonly<Record<string, string>>;

/** What a person types, sent when they say so. A field is named as in what is sent: `name`, `prices/laptop/C`. */
export interface Form<Values> {
  readonly values: Values;
  readonly set: (change: Partial<Values>) => void;
  /** Why a field was refused, here or by the server. */
  readonly errorOf: (field: string) => string | undefined;
  /** What the server answered instead; null while it has not refused. */
  readonly error: unknown;
  /** How many fields `check` has refused. */
  readonly refused: number;
  /** Counts what was sent or refused, so that whoever looks after the focus knows. */
  readonly attempts: number;
  readonly sending: boolean;
  readonly submit: (event: FormEvent) => void;
  /** For fields that are typed in: value, change and refusal. */
  readonly text: (field: keyof Values & string) => { value: string; onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => void; error: string | undefined };
  /** For fields that give their value. */
  readonly pick: <Field extends keyof Values & string>(field: Field) => { value: Values[Field]; onChange: (value: Values[Field]) => void; error: string | undefined };
}

interface FormOptions<Values> {
  readonly initial: Values;
  /** What is wrong, by field, before anything is sent. */
  readonly check?: (values: Values) => Record<string, string | false | undefined>;
  readonly send: (values: Values) => Promise<unknown>;
}

export function useForm<Values extends object>({ initial, check, send }: FormOptions<Values>): Form<Values> {
  const [values, setValues] = useState(initial);
  const [errors, setErrors] = useState<Errors>({});
  const [error, setError] = useState<unknown>(null);
  const [sending, setSending] = useState(false);
  const [attempts, setAttempts] = useState(0);

  const set = (change: Partial<Values>) => {
    setValues((before) => ({ ...before, ...change }));
    const touched = Object.keys(change);
    setErrors((before) => Object.fromEntries(Object.entries(before).filter(([field]) => !touched.includes(field.split('/')[0]!))));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // A form in a window is within the page's own, as React sees it.
    event.stopPropagation();
    if (!sending) void attempt();
  };
  const attempt = async () => {
    const found = Object.entries(check?.(values) ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
    setErrors(Object.fromEntries(found));
    setError(null);
    if (found.length === 0) {
      setSending(true);
      await send(values).catch((failure: unknown) => {
        setError(failure);
        setErrors(failure instanceof Problem ? byField(failure.errors) : {});
      });
      setSending(false);
    }
    setAttempts((before) => before + 1);
  };
  const errorOf = (field: string) => errors[field];
  return {
    values, set, errorOf, error, sending, attempts, submit, refused: error === null ? Object.keys(errors).length : 0,
    text: (field) => ({ value: String(values[field]), onChange: (event) => set({ [field]: event.currentTarget.value } as Partial<Values>), error: errorOf(field) }),
    pick: (field) => ({ value: values[field], onChange: (value) => set({ [field]: value } as unknown as Partial<Values>), error: errorOf(field) }),
  };
}

/** `/body/prices/laptop/C` and `/prices/laptop/C` are the field `prices/laptop/C`; what is within a list is the list's. */
function byField(errors: readonly RefusedField[]): Errors {
  return Object.fromEntries(errors.flatMap(({ pointer, detail }) => (pointer === undefined || detail === undefined ? [] : [[pointer.replace(/^\/(body\/)?/, '').replace(/\/\d+(\/.*)?$/, ''), detail]])));
}
