import { departmentOf, directory } from '@lacollecte/contracts';
import { from, Projection } from '@lacollecte/messaging';

const { OrganisationRegistered, OrganisationApproved, OrganisationDeclined, OrganisationChanged } = directory;

/** The newest version of an organisation that receives. Donors are none of matching's business. */
export const structure = new Projection(
  'structure',
  from([OrganisationRegistered, OrganisationApproved, OrganisationDeclined, OrganisationChanged], async (rows, { data, version, n }) => {
    if (data.activity !== 'structure') return;
    await rows.execute(
      `insert into structure (id, version, n, state, approved_until, quota, people_served, postal_code, department) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (id) do update set version = excluded.version, n = excluded.n, state = excluded.state, approved_until = excluded.approved_until, quota = excluded.quota,
         people_served = excluded.people_served, postal_code = excluded.postal_code, department = excluded.department
       where (structure.version, structure.n) < (excluded.version, excluded.n)`,
      [data.organisationId, version, n, data.state, data.approvedUntil, data.quotaPerQuarter, data.peopleServed, data.postalCode, departmentOf(data.postalCode)],
    );
  }),
);
