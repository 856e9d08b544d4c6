import { Anchor, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { directory } from '../../../api/clients.js';
import { StateChip } from '../../../parts/state-chip.js';
import { Fetched } from '../fetched.js';
import { PERSON_STATES } from '../people/person.js';
import { Section } from '../section.js';
import type { Organisation } from './organisation.js';

/** The first hundred are as many as any has. */
const SHOWN = 100;

/** Who speaks for an organisation. */
export function Members({ organisation: { organisationId } }: { readonly organisation: Organisation }) {
  const { t } = useTranslation('administration');
  const people = directory.useQuery('get', '/api/directory/people', { params: { query: { limit: SHOWN, organisationId } } });
  return (
    <Section title={t('nav.people')} lead={t('organisation.members')}>
      <Fetched query={people} rows={2}>
        {({ items }) =>
          items.length === 0 ? <Text size="sm">{t('organisation.noMembers')}</Text> : (
            <Stack gap="xs">
              {items.map(({ personId, name, email, state }) => (
                <Group key={personId} justify="space-between" gap="sm">
                  <div style={{ minWidth: 0 }}>
                    <Anchor renderRoot={(props) => <Link to="/administration/people/$personId" params={{ personId }} {...props} />}>{name ?? t('people.erased')}</Anchor>
                    <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>{email}</Text>
                  </div>
                  <StateChip size="sm" state={PERSON_STATES[state]} label={t(`states.${state}`)} />
                </Group>
              ))}
            </Stack>
          )}
      </Fetched>
    </Section>
  );
}
