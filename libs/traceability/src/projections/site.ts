import { departmentOf, directory } from '@lacollecte/contracts';
import { Projection } from '@lacollecte/messaging';
import { folded, folding } from './fold.js';

const TABLE = folded('insert into site', { state: 'text', department: 'text' });

/** Where a site is. */
export const site = new Projection(
  'site',
  folding(TABLE, [directory.SiteRegistered, directory.SiteChanged], (_, { data }) => ({ state: data.state, department: departmentOf(data.postalCode) })),
);
