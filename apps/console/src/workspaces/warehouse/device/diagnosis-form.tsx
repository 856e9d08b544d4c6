import { Button, Checkbox, Fieldset, Group, NativeSelect, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { AGES } from '../scanning/steps.js';
import { asked, type DiagnosisDraft, diagnosisBody, diagnosisOf, DRIVE_KINDS, type DriveDraft, faultsOf, neededLater, newDrive, OUTCOMES } from './diagnosis.js';
import type { FormProps } from './forms.js';
import { StepForm } from './step-form.js';
import { useDraft } from './use-draft.js';
import { useStep } from './use-step.js';

const MOST_DRIVES = 50;

/** What is in it: the figures its grade comes from, and every drive that holds data. */
export function DiagnosisForm({ sheet, onDone }: FormProps) {
  const { t } = useTranslation('warehouse');
  const draft = useDraft<DiagnosisDraft>(sheet.id, 'diagnose', diagnosisOf(sheet));
  const { values, change } = draft;
  const { send, ...sending } = useStep(sheet, (answer) => (draft.forget(), onDone('diagnose', answer)));
  const { cpu, figures, drives, cards } = asked(sheet.category);
  const faults = faultsOf(values, sheet.category);
  const later = neededLater(values, sheet.category);
  const missing = [
    ...faults.figures.map((figure) => t('device.noNumber', { what: t(`device.figures.${figure}`) })), ...faults.drives.map((number) => t('device.driveSize', { number })),
    ...faults.cards.map((card) => t('device.noNumber', { what: t(`device.cards.${card}`) })),
  ];
  const changeDrive = (key: string, part: Partial<DriveDraft>) => change({ drives: values.drives.map((drive) => (drive.key === key ? { ...drive, ...part } : drive)) });
  return (
    <StepForm label={t('device.send.diagnose')} draft={draft} missing={missing} sending={sending} send={() => void send(diagnosisBody(values, sheet.category))}>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>
        {cpu && <TextInput label={t('device.cpu')} autoComplete="off" value={values.cpu} onChange={(event) => change({ cpu: event.currentTarget.value })} />}
        {figures.map((figure) => (
          <TextInput key={figure} label={t(`device.figures.${figure}`)} inputMode="decimal" autoComplete="off" value={values[figure]} error={faults.figures.includes(figure)} onChange={(event) => change({ [figure]: event.currentTarget.value })} />
        ))}
        <NativeSelect label={t('series.age')} value={values.age} data={AGES.map((value) => ({ value, label: t(`series.ages.${value}`) }))} onChange={({ currentTarget }) => change({ age: AGES.find((age) => age === currentTarget.value) ?? 'unsaid' })} />
      </SimpleGrid>
      {later.length > 0 && <Text size="sm" c="dimmed">{t('device.neededLater', { what: later.map((figure) => t(`device.figures.${figure}`)).join(', ') })}</Text>}
      {drives && (
        <Stack gap="sm">
          {values.drives.length === 0 && <Text size="sm">{t('device.noDrives')}</Text>}
          {values.drives.map((drive, i) => (
            <Fieldset key={drive.key} legend={t('device.drive', { number: i + 1 })} variant="filled">
              <SimpleGrid cols={{ base: 1, xs: 3 }}>
                <NativeSelect label={t('device.driveKind')} value={drive.kind} data={DRIVE_KINDS.map((value) => ({ value, label: t(`series.drives.${value}`) }))} onChange={({ currentTarget }) => changeDrive(drive.key, { kind: DRIVE_KINDS.find((kind) => kind === currentTarget.value) ?? 'nvme' })} />
                <TextInput label={t('series.size')} inputMode="decimal" autoComplete="off" value={drive.sizeGb} onChange={(event) => changeDrive(drive.key, { sizeGb: event.currentTarget.value })} />
                <TextInput label={t('series.serial')} autoComplete="off" autoCapitalize="characters" value={drive.serial} onChange={(event) => changeDrive(drive.key, { serial: event.currentTarget.value })} />
              </SimpleGrid>
              <Group justify="space-between" mt="sm">
                <Checkbox label={t('device.readable')} checked={drive.readable} onChange={(event) => changeDrive(drive.key, { readable: event.currentTarget.checked })} />
                <Button size="xs" variant="default" onClick={() => change({ drives: values.drives.filter(({ key }) => key !== drive.key) })} aria-label={t('device.removeDrive', { number: i + 1 })}>{t('device.remove')}</Button>
              </Group>
            </Fieldset>
          ))}
          {values.drives.length < MOST_DRIVES && <Group><Button variant="default" leftSection={<Plus size={16} aria-hidden />} onClick={() => change({ drives: [...values.drives, newDrive()] })}>{t('device.addDrive')}</Button></Group>}
        </Stack>
      )}
      {cards && (
        <SimpleGrid cols={{ base: 1, xs: 3 }}>
          {(['sim', 'sd'] as const).map((card) => <TextInput key={card} label={t(`device.cards.${card}`)} inputMode="numeric" autoComplete="off" value={values[card]} error={faults.cards.includes(card)} onChange={(event) => change({ [card]: event.currentTarget.value })} />)}
          <NativeSelect label={t('device.cards.outcome')} value={values.outcome} data={OUTCOMES.map((value) => ({ value, label: t(`device.cards.${value}`) }))} onChange={({ currentTarget }) => change({ outcome: OUTCOMES.find((one) => one === currentTarget.value) ?? 'destroyed' })} />
        </SimpleGrid>
      )}
    </StepForm>
  );
}
