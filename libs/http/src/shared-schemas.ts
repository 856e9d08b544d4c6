type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Shorter than this, a reference is no easier to read than what it refers to. */
const WORTH_SHARING = 300;

/** Takes every object schema that a document repeats out of its paths, and names it after the operation that has it first. */
export class SharedSchemas {
  readonly schemas: Record<string, Json> = {};
  readonly paths: Json;
  readonly #times = new Map<string, number>();
  readonly #names = new Map<string, string>();

  constructor(paths: object) {
    const plain = JSON.parse(JSON.stringify(paths)) as Json;
    this.#count(plain);
    this.paths = this.#shorten(plain, 'Schema');
  }

  #count(value: Json): void {
    if (typeof value !== 'object' || value === null) return;
    const key = keyOf(value);
    if (key !== null) this.#times.set(key, (this.#times.get(key) ?? 0) + 1);
    // What stands inside a repeated schema stands there once.
    if (key === null || this.#times.get(key) === 1) for (const member of Object.values(value)) this.#count(member);
  }

  #shorten(value: Json, operation: string): Json {
    if (typeof value !== 'object' || value === null) return value;
    const key = keyOf(value);
    const name = key === null ? undefined : this.#names.get(key);
    if (name !== undefined) return { $ref: `#/components/schemas/${name}` };
    if (key === null || this.#times.get(key) === 1) return this.#within(value, operation);
    const fresh = this.#freshName(operation);
    this.#names.set(key, fresh);
    this.schemas[fresh] = {};
    this.schemas[fresh] = this.#within(value, operation);
    return { $ref: `#/components/schemas/${fresh}` };
  }

  #within(value: Json[] | { [key: string]: Json }, operation: string): Json {
    if (Array.isArray(value)) return value.map((member) => this.#shorten(member, operation));
    const here = typeof value.operationId === 'string' ? value.operationId.slice(value.operationId.indexOf('.') + 1) : operation;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, this.#shorten(member, here)]));
  }

  #freshName(operation: string): string {
    let name = operation;
    for (let n = 2; Object.hasOwn(this.schemas, name); n++) name = `${operation}.${n}`;
    return name;
  }
}

/** Itself as text, of an object schema that is worth sharing. */
function keyOf(value: Json): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value.type !== 'object' || typeof value.properties !== 'object') return null;
  const text = JSON.stringify(value);
  return text.length < WORTH_SHARING ? null : text;
}
