import type administration from './fr/administration.json';
import type coordination from './fr/coordination.json';
import type donor from './fr/donor.json';
import type operations from './fr/operations.json';
import type parts from './fr/parts.json';
import type shell from './fr/shell.json';
import type structure from './fr/structure.json';
import type warehouse from './fr/warehouse.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shell';
    resources: {
      administration: typeof administration;
      coordination: typeof coordination;
      donor: typeof donor;
      operations: typeof operations;
      parts: typeof parts;
      shell: typeof shell;
      structure: typeof structure;
      warehouse: typeof warehouse;
    };
  }
}
