/** A length of time in its largest unit that says something: `0,4 s`, `12 min`, `3 h`, `2 j`. */
export function saySeconds(seconds: number, language: string): string {
  const [value, unit] = seconds < 90 ? [seconds, 'second'] : seconds < 5_400 ? [seconds / 60, 'minute'] : seconds < 172_800 ? [seconds / 3_600, 'hour'] : [seconds / 86_400, 'day'];
  return new Intl.NumberFormat(language, { style: 'unit', unit: unit as string, unitDisplay: 'short', maximumFractionDigits: (value as number) < 10 && (value as number) > 0 ? 1 : 0 }).format(value as number);
}
