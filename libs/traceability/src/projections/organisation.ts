import { departmentOf } from '@lacollecte/contracts';
import { type Column, eventsOf, field, standing } from './standing.js';

const department: Column = { type: 'text', of: ({ data }) => departmentOf(String(data.postalCode)) };

/** What kind of structure or donor an organisation is, and where. */
export const organisation = standing('organisation', eventsOf('directory.organisation'), { activity: field('activity', 'text'), kind: field('kind', 'text'), department });
