import { TextInput } from '@mantine/core';
import type { Role } from '@lacollecte/contracts';
import { useTranslation } from 'react-i18next';
import { directory } from '../../../api/clients.js';
import { FormWindow } from '../form/form-window.js';
import { refresh } from '../refresh.js';
import type { Program } from './program.js';
import { PlaceFields } from './place-fields.js';
import { PROGRAM_ROLES } from './roles.js';

interface Values {
  readonly name: string;
  readonly roles: Role[];
  readonly siteIds: string[];
}

export function NewProgram({ done }: { readonly done: (made: Program) => void }) {
  const { t } = useTranslation('administration');
  const create = async (body: Values) => {
    const { data } = await directory.call.POST('/api/directory/service-accounts', { body });
    done(data!);
    await refresh('/api/directory/service-accounts');
  };
  return (
    <FormWindow<Values>
      label={t('programs.create')}
      title={t('programs.createTitle')}
      lead={t('programs.createLead')}
      initial={{ name: '', roles: ['service'], siteIds: [] }}
      check={({ name, roles }) => ({ name: name.trim() === '' && t('refused.name'), roles: roles.length === 0 && t('refused.roles') })}
      send={create}
      fields={(form) => (
        <>
          <TextInput label={t('people.name')} maxLength={200} data-autofocus {...form.text('name')} />
          <PlaceFields form={form} roles={PROGRAM_ROLES} atSites={['service', 'operator']} />
        </>
      )}
    />
  );
}
