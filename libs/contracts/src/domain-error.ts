/** A part of the input that is wrong, as a JSON pointer into it (`/lines/3/serial`), with the code of what is wrong. */
export interface FieldError {
  readonly pointer: string;
  readonly code: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

/**
 * A rule of the trade says no. `code` is stable and has a status and a text in French and English in the service's
 * `problems.ts`; `params` fill the text. Nothing has been changed when it is thrown: the transaction rolls back.
 */
export class DomainError extends Error {
  constructor(
    readonly code: string,
    readonly params: Readonly<Record<string, string | number>> = {},
    readonly fields: readonly FieldError[] = [],
  ) {
    super(`${code} ${JSON.stringify(params)}`);
    this.name = 'DomainError';
  }
}

/** The text of one problem in both languages; `{name}` is filled from the error's params. */
export interface ProblemText {
  readonly status: number;
  readonly fr: string;
  readonly en: string;
}
export type ProblemCatalogue = Readonly<Record<string, ProblemText>>;
