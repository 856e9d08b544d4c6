import { Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Quantity } from '../../parts/quantity.js';
import classes from './flow-graph.module.css';

interface HourBandProps {
  readonly minutes: readonly { readonly minute: string; readonly announced: number }[];
}

const BAR = 10;
const HIGH = 72;

/** Events of the last hour, a bar a minute. */
export function HourBand({ minutes }: HourBandProps) {
  const { t, i18n } = useTranslation('operations');
  const most = Math.max(1, ...minutes.map(({ announced }) => announced));
  const all = minutes.reduce((sum, { announced }) => sum + announced, 0);
  const clock = new Intl.DateTimeFormat(i18n.language === 'fr' ? 'fr' : 'en-GB', { timeZone: 'Europe/Paris', hour: '2-digit', minute: '2-digit' });
  const title = t('flow.hour', { count: all });
  return (
    <section aria-labelledby="hour">
      <Title order={2} size="h3" id="hour" mb="xs">{title}</Title>
      <svg viewBox={`0 0 ${Math.max(1, minutes.length) * BAR} ${HIGH}`} preserveAspectRatio="none" role="img" aria-label={`${title} ${t('flow.most', { count: most })}`} className={classes.band}>
        {minutes.map(({ minute, announced }, n) => {
          const height = announced === 0 ? 1 : Math.max(3, (announced / most) * HIGH);
          return <rect key={minute} x={n * BAR + 1} y={HIGH - height} width={BAR - 2} height={height} className={announced === 0 ? classes.rest : classes.bar} />;
        })}
      </svg>
      <Text size="xs" c="dimmed" component="div" style={{ display: 'flex', justifyContent: 'space-between' }}>
        <span>{minutes[0] && clock.format(new Date(minutes[0].minute))}</span><span>{t('flow.most', { count: most })}</span><span>{t('flow.now')}</span>
      </Text>
      <details>
        <summary style={{ cursor: 'pointer', fontSize: 'var(--mantine-font-size-sm)' }}>{t('flow.byMinute')}</summary>
        <Table maw="20rem" aria-label={t('flow.byMinute')}>
          <Table.Thead><Table.Tr><Table.Th>{t('flow.minute')}</Table.Th><Table.Th ta="right">{t('flow.events')}</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>{minutes.filter(({ announced }) => announced > 0).map(({ minute, announced }) => <Table.Tr key={minute}><Table.Td>{clock.format(new Date(minute))}</Table.Td><Table.Td ta="right"><Quantity value={announced} /></Table.Td></Table.Tr>)}</Table.Tbody>
        </Table>
      </details>
    </section>
  );
}
