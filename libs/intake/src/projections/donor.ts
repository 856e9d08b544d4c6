import { directory } from '@lacollecte/contracts';
import { from, Projection } from '@lacollecte/messaging';

const { OrganisationRegistered, OrganisationApproved, OrganisationDeclined, OrganisationChanged } = directory;

/** The newest version of an organisation that gives. */
export const donor = new Projection(
  'donor',
  from([OrganisationRegistered, OrganisationApproved, OrganisationDeclined, OrganisationChanged], async (rows, { data, version }) => {
    if (data.activity !== 'donor') return;
    await rows.execute(
      `insert into donor (id, state, kind, postal_code, version) values ($1, $2, $3, $4, $5)
       on conflict (id) do update set state = excluded.state, kind = excluded.kind, postal_code = excluded.postal_code, version = excluded.version
       where donor.version < excluded.version`,
      [data.organisationId, data.state, data.kind, data.postalCode, version],
    );
  }),
);
