import { Group, Radio, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Wish, Words } from './draft-words.js';

interface PickupStepProps {
  readonly words: Words;
  readonly set: (change: Partial<Words>) => void;
}

const LIFTS = ['yes', 'no', 'goods'] as const;

/** Where the equipment is, how one gets at it, and whom to ask for. */
export function PickupStep({ words, set }: PickupStepProps) {
  const { t } = useTranslation('donor');
  const text = (wish: Exclude<Wish, 'siren'>, length = 500) => ({ label: t(`new.pickup.${wish}`), value: words[wish], maxLength: length, onChange: (event: { currentTarget: { value: string } }) => set({ [wish]: event.currentTarget.value }) });
  const postalCode = words.postalCode.trim();
  const [today] = useState(() => new Date().toLocaleDateString('sv'));
  return (
    <Stack gap="md" maw={680}>
      <TextInput {...text('street')} required autoComplete="street-address" />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput {...text('postalCode', 10)} required inputMode="numeric" autoComplete="postal-code" error={postalCode !== '' && !/^\d{5}$/.test(postalCode) && t('new.pickup.postalCodeWrong')} />
        <TextInput {...text('city')} required autoComplete="address-level2" />
        <TextInput {...text('floor')} description={t('new.pickup.floorWhat')} />
        <Radio.Group label={t('new.pickup.lift')} value={words.lift} onChange={(lift) => set({ lift })}>
          <Group mt="xs" gap="md">{LIFTS.map((lift) => <Radio key={lift} value={lift} label={t(`new.pickup.lifts.${lift}`)} />)}</Group>
        </Radio.Group>
        <TextInput {...text('hours')} description={t('new.pickup.hoursWhat')} />
        <TextInput {...text('from')} type="date" min={today} description={t('new.pickup.fromWhat')} />
        <TextInput {...text('contact')} required autoComplete="name" />
        <TextInput {...text('phone', 30)} required type="tel" autoComplete="tel" />
      </SimpleGrid>
      <Textarea {...text('remarks')} description={t('new.pickup.remarksWhat')} autosize minRows={2} />
    </Stack>
  );
}
