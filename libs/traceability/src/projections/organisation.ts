import { departmentOf, directory } from '@lacollecte/contracts';
import { Projection } from '@lacollecte/messaging';
import { folded, folding } from './fold.js';

const TABLE = folded('insert into organisation', { state: 'text', activity: 'text', kind: 'text', department: 'text' });
const TOLD = [directory.OrganisationRegistered, directory.OrganisationApproved, directory.OrganisationDeclined, directory.OrganisationChanged];

/** What may be said of who gives and who receives: its kind and its département. */
export const organisation = new Projection(
  'organisation',
  folding(TABLE, TOLD, (_, { data }) => ({ state: data.state, activity: data.activity, kind: data.kind, department: departmentOf(data.postalCode) })),
);
