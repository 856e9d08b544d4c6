export interface Fault {
  /** RFC 6901. */
  readonly pointer: string;
  readonly message: string;
}

export interface JsonLine {
  readonly depth: number;
  readonly content: string;
  /** Not in the value, though it should be. */
  readonly absent: boolean;
  readonly messages: readonly string[];
}

/** A JSON text in lines, one a member, each with what is the matter with it; a text that is not JSON is one line. */
export function linesOf(text: string, faults: readonly Fault[]): JsonLine[] {
  const at = (pointer: string) => faults.filter((fault) => fault.pointer === pointer).map(({ message }) => message);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return [{ depth: 0, content: text, absent: false, messages: faults.map(({ message }) => message) }];
  }
  const lines: JsonLine[] = [];
  const walk = (member: unknown, pointer: string, depth: number, before: string, after: string): void => {
    const line = (content: string, messages: readonly string[] = []) => lines.push({ depth, content, absent: false, messages });
    if (typeof member !== 'object' || member === null) return void line(`${before}${JSON.stringify(member)}${after}`, at(pointer));
    const isList = Array.isArray(member);
    const entries = Object.entries(member);
    const missing = missingIn(pointer, new Set(entries.map(([name]) => name)), faults);
    line(`${before}${isList ? '[' : '{'}`, at(pointer));
    entries.forEach(([name, child], n) => walk(child, `${pointer}/${escaped(name)}`, depth + 1, isList ? '' : `${JSON.stringify(name)}: `, n < entries.length - 1 ? ',' : ''));
    for (const [name, messages] of missing) lines.push({ depth: depth + 1, content: `${JSON.stringify(name)}: `, absent: true, messages });
    line(`${isList ? ']' : '}'}${after}`);
  };
  walk(value, '', 0, '', '');
  return lines;
}

const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** Members right below the pointer that a fault names and that are not there. */
function missingIn(pointer: string, present: ReadonlySet<string>, faults: readonly Fault[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const fault of faults) {
    if (!fault.pointer.startsWith(`${pointer}/`)) continue;
    const rest = fault.pointer.slice(pointer.length + 1);
    const name = rest.replaceAll('~1', '/').replaceAll('~0', '~');
    if (!rest.includes('/') && !present.has(name)) found.set(name, [...(found.get(name) ?? []), fault.message]);
  }
  return found;
}
