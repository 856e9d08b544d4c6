import { Button, Collapse, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { When } from '../../../parts/when.js';
import { ChangeFigure } from './change-figure.js';
import classes from './figure-row.module.css';
import { FigureHistory } from './figure-history.js';
import { PersonName } from './person-name.js';
import { useFigureWords } from './figure-words.js';
import type { Figure } from './use-figures.js';

/** One figure: what it says, what it is now, and what it was. */
export function FigureRow({ figure }: { readonly figure: Figure }) {
  const { t } = useTranslation('administration');
  const [opened, { toggle }] = useDisclosure(false);
  const { name, text, say, source } = useFigureWords()(figure);
  const { changedAt, changedBy, version } = figure;
  return (
    <div className={classes.row}>
      <div className={classes.words}>
        <Text fw={600} component="h3" size="md" m={0}>{name}</Text>
        <Text size="sm">{text}</Text>
        <Text size="sm" c="dimmed">
          {t('figures.source', { source })}{' '}
          {changedAt !== null && changedBy !== null ? <>{t('figures.changedBy')} <PersonName personId={changedBy} />, <When at={changedAt} />. {t('figures.wasDelivered', { value: say(figure.default) })}</> : t('figures.asDelivered')}
        </Text>
      </div>
      <div className={classes.value}>{say(figure.value)}</div>
      <Group gap="xs" className={classes.actions}>
        <ChangeFigure figure={figure} />
        {version > 0 && <Button variant="subtle" size="xs" onClick={toggle} aria-expanded={opened} aria-label={t('figures.historyOf', { name })}>{t('figures.history')}</Button>}
      </Group>
      {version > 0 && <Collapse expanded={opened} className={classes.history}>{opened && <FigureHistory figure={figure} />}</Collapse>}
    </div>
  );
}
