import { List, Modal, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/generated/matching.js';
import { OrganisationName, useSites } from './names.js';

export type Explanation = components['schemas']['Allocations.accept.2'];

/** Why a line got what it got: the sentence, then what it rests on. */
export function ExplanationModal({ line, onClose }: { readonly line: Explanation; readonly onClose: () => void }) {
  const { t, i18n } = useTranslation('coordination');
  const { siteName } = useSites();
  return (
    <Modal opened onClose={onClose} size="lg" title={<OrganisationName id={line.structureId} />} centered closeButtonProps={{ 'aria-label': t('close') }}>
      <Text size="lg" fw={600} mb="md" data-autofocus tabIndex={-1} style={{ outline: 'none' }}>{i18n.language === 'fr' ? line.text.fr : line.text.en}</Text>
      <List size="sm" spacing={4}>
        <List.Item>{t('why.asked', { count: line.asked, category: t(`category.${line.category}`), grade: t(`grade.${line.minGrade}`) })}</List.Item>
        <List.Item>{t('why.waiting', { count: line.waitingDays, urgency: line.urgency })}</List.Item>
        {line.servedBefore > 0 && <List.Item>{t('why.before', { count: line.servedBefore })}</List.Item>}
        {line.competition !== null && line.competition.lines > 0 && <List.Item>{t('why.competition', { count: line.competition.lines, wanted: line.competition.wanted, available: line.competition.available, grade: t(`grade.${line.competition.grade}`), site: siteName(line.competition.siteId) })}</List.Item>}
      </List>
      {line.from.length > 0 && (
        <>
          <Title order={3} mt="md" mb={4}>{t('why.from')}</Title>
          <List size="sm" spacing={4}>
            {line.from.map((from) => <List.Item key={`${from.siteId} ${from.grade}`}>{t('why.fromLine', { count: from.quantity, grade: t(`grade.${from.grade}`), site: siteName(from.siteId), km: from.km ?? 0 })}</List.Item>)}
          </List>
        </>
      )}
    </Modal>
  );
}
