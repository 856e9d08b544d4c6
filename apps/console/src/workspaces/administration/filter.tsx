import { NativeSelect } from '@mantine/core';

interface FilterProps<Value extends string> {
  /** What it is about, for who does not see it. */
  readonly label: string;
  /** Where nothing is filtered. */
  readonly any: string;
  readonly values: readonly Value[];
  readonly say: (value: Value) => string;
  readonly value: Value | null;
  readonly onChange: (value: Value | null) => void;
}

/** Shows those rows of a list that have one thing in common. */
export function Filter<Value extends string>({ label, any, values, say, value, onChange }: FilterProps<Value>) {
  const data = [{ value: '', label: any }, ...values.map((one) => ({ value: one, label: say(one) }))];
  return <NativeSelect aria-label={label} w={158} data={data} value={value ?? ''} onChange={({ currentTarget }) => onChange(values.find((one) => one === currentTarget.value) ?? null)} />;
}
