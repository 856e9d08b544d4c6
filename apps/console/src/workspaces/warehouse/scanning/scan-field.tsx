import { TextInput } from '@mantine/core';
import { ScanLine } from 'lucide-react';
import { type FormEvent, useEffect, useEffectEvent, useRef } from 'react';
import { fromScanner, meant, type Stroke } from './typed.js';

/** A scanner that ends with two line feeds does not confirm what it has just shown. */
const SECOND_ENTER_MS = 500;
const EDITABLE = 'input, textarea, select, [contenteditable="true"], [role="combobox"]';

interface ScanFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly onScan: (text: string) => void;
  /** Enter with nothing in the field. */
  readonly onConfirm?: () => void;
}

/** Takes what is scanned or typed wherever the focus is, unless it is in another field or in a window above the page. */
export function ScanField({ label, hint, onScan, onConfirm }: ScanFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  const strokes = useRef<Stroke[]>([]);
  const scannedAt = useRef(-SECOND_ENTER_MS);

  const take = () => {
    const scanned = meant(field.current?.value ?? '', strokes.current);
    strokes.current = [];
    if (field.current) field.current.value = '';
    if (scanned !== '') {
      scannedAt.current = performance.now();
      onScan(scanned);
    } else if (performance.now() - scannedAt.current > SECOND_ENTER_MS) onConfirm?.();
  };
  const hear = useEffectEvent((event: KeyboardEvent) => {
    const here = event.target === field.current;
    if (!here && isElsewhere(event.target)) return;
    const control = event.ctrlKey || event.metaKey || (event.altKey && !event.getModifierState('AltGraph'));
    if (control || event.isComposing) return;
    // Scanners may end with a tab.
    if (event.key === 'Tab' && fromScanner(strokes.current)) return event.preventDefault(), take();
    if (event.key === 'Backspace') strokes.current.pop();
    if ([...event.key].length !== 1 && event.key !== 'Dead') return;
    // A space on a button presses it; a slash leads to the search.
    if (!here && (event.key === ' ' || event.key === '/')) return;
    field.current?.focus();
    strokes.current.push({ key: event.key, code: event.code, shift: event.shiftKey, at: event.timeStamp });
  });
  useEffect(() => {
    field.current?.focus();
    const listener = (event: KeyboardEvent) => hear(event);
    document.addEventListener('keydown', listener, { capture: true });
    return () => document.removeEventListener('keydown', listener, { capture: true });
  }, []);

  const submit = (event: FormEvent) => (event.preventDefault(), take());
  return (
    <form onSubmit={submit}>
      <TextInput
        ref={field} size="xl" label={label} description={hint} autoComplete="off" autoCapitalize="characters" spellCheck={false} enterKeyHint="send"
        leftSection={<ScanLine size={26} aria-hidden />} onPaste={() => (strokes.current = [])}
        onChange={(event) => {
          if (event.currentTarget.value === '') strokes.current = [];
        }}
      />
    </form>
  );
}

function isElsewhere(target: EventTarget | null): boolean {
  return target instanceof Element && (target.matches(EDITABLE) || target.closest('[role="dialog"], [role="listbox"]') !== null);
}
