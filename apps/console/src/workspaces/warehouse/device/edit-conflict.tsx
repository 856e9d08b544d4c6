import { Button, Group } from '@mantine/core';
import { UsersRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../../parts/notice.js';
import classes from './device.module.css';
import { type EditValues, TEXTS } from './edit.js';

interface EditConflictProps {
  readonly mine: EditValues;
  readonly from: EditValues;
  readonly now: EditValues;
  /** On with mine, over what the sheet says now. */
  readonly onKeep: () => void;
  readonly onTake: () => void;
}

/** Two people corrected the same sheet: what each wrote, side by side, and the choice. */
export function EditConflict({ mine, from, now, onKeep, onTake }: EditConflictProps) {
  const { t } = useTranslation('warehouse');
  const say = (name: (typeof TEXTS)[number] | 'category', values: EditValues) => (name === 'category' ? t(`station.kinds.${values.category}`) : values[name]) || '–';
  const names = ([...TEXTS, 'category'] as const).filter((name) => mine[name] !== from[name] || now[name] !== from[name]);
  return (
    <div style={{ marginBottom: '1rem' }}>
      <Notice state="waiting" icon={UsersRound} title={t('device.conflict.title')} aloud>
        <div>{t('device.conflict.text')}</div>
        <table className={classes.compare}>
          <thead><tr>{(['what', 'mine', 'now'] as const).map((head) => <th key={head} scope="col">{t(`device.conflict.${head}`)}</th>)}</tr></thead>
          <tbody>
            {names.map((name) => (
              <tr key={name}><th scope="row">{name === 'category' ? t('device.columns.kind') : t(`device.sheet.${name}`)}</th><td>{say(name, mine)}</td><td>{say(name, now)}</td></tr>
            ))}
          </tbody>
        </table>
        <Group gap="sm" mt={4}>
          <Button size="xs" onClick={onKeep}>{t('device.conflict.keep')}</Button>
          <Button size="xs" variant="default" onClick={onTake}>{t('device.conflict.take')}</Button>
        </Group>
      </Notice>
    </div>
  );
}
