import { Table, Text, TextInput } from '@mantine/core';
import { CATEGORIES } from '@lacollecte/contracts';
import { useNavigate } from '@tanstack/react-router';
import { CalendarClock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { matching } from '../../api/clients.js';
import { Notice } from '../../parts/notice.js';
import { Page } from '../../parts/page.js';
import { Fetched } from './fetched.js';
import { FormBody } from './form/form-body.js';
import { NumberField } from './form/number-field.js';
import { saved } from '../../parts/messages.js';
import { useForm } from './form/use-form.js';
import { refresh } from './refresh.js';
import { sayDay, today } from './rules/day.js';
import classes from './rules/price-matrix.module.css';
import { COLUMNS, type PriceTable, tableOf, type TypedPrices, typedOf } from './rules/price-table.js';
import { Section } from './section.js';

/** Other prices from a day on: what was shown before stays what it was. */
export function NewPricesPage() {
  const { t } = useTranslation('administration');
  const tables = matching.useQuery('get', '/api/matching/price-tables');
  return (
    <Page title={t('prices.new')} lead={t('prices.newLead')}>
      <Fetched query={tables} rows={9}>{(all) => <NewPrices all={all} />}</Fetched>
    </Page>
  );
}

const MOST_EUROS = 10_000;

function NewPrices({ all }: { readonly all: readonly PriceTable[] }) {
  const { t, i18n } = useTranslation('administration');
  const navigate = useNavigate();
  const now = all.find(({ validFrom }) => validFrom <= today()) ?? all.at(-1);
  const known = (validFrom: string) => all.some((table) => table.validFrom === validFrom);
  const form = useForm<{ validFrom: string; prices: TypedPrices }>({
    initial: { validFrom: '', prices: now === undefined ? {} : typedOf(now) },
    check: ({ validFrom, prices }) => ({
      validFrom: (validFrom === '' && t('refused.day')) || (validFrom < today() && t('refused.past')),
      ...Object.fromEntries(CATEGORIES.flatMap((category) => COLUMNS.map((column) => {
        const typed = prices[`${category}/${column}`] ?? '';
        return [`prices/${category}/${column}`, (typed === '' || !(Number(typed) >= 0 && Number(typed) <= MOST_EUROS)) && t('refused.price')];
      }))),
    }),
    send: async ({ validFrom, prices }) => {
      await matching.call.POST('/api/matching/price-tables', { body: { validFrom, table: tableOf(prices) } });
      await refresh('/api/matching/price-tables');
      saved(t('prices.made', { day: sayDay(validFrom, i18n.language) }));
      await navigate({ to: '/administration/rules/prices' });
    },
  });
  const { validFrom, prices } = form.values;
  return (
    <FormBody form={form} submit={t('prices.propose')}>
      <Section title={t('prices.when')}>
        <TextInput type="date" label={t('rules.fromDay')} description={t('rules.fromDayHow')} min={today()} maw={260} {...form.text('validFrom')} />
        {known(validFrom) && <div style={{ marginTop: 'var(--mantine-spacing-md)' }}><Notice state="waiting" icon={CalendarClock} title={t('prices.sameDay')} aloud>{t('prices.sameDayHow')}</Notice></div>}
      </Section>
      <Section title={t('prices.which')} lead={t('prices.whichLead')}>
        <Table.ScrollContainer minWidth={700} type="native" role="group" tabIndex={0} aria-label={t('prices.which')}>
          <Table className={classes.matrix} withRowBorders={false}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('prices.category')}</Table.Th>
                {COLUMNS.map((column) => <Table.Th key={column}>{t(`grades.${column}`)}</Table.Th>)}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {CATEGORIES.map((category) => (
                <Table.Tr key={category}>
                  <Table.Th scope="row">{t(`categories.${category}`)}</Table.Th>
                  {COLUMNS.map((column) => {
                    const field = `${category}/${column}`;
                    const error = form.errorOf(`prices/${field}`);
                    return (
                      <Table.Td key={column}>
                        <NumberField
                          aria-label={`${t(`categories.${category}`)}, ${t(`grades.${column}`)}`}
                          className={classes.field}
                          unit="€"
                          value={prices[field] ?? ''}
                          onChange={(euros) => form.set({ prices: { ...prices, [field]: euros } })}
                          error={error}
                        />
                      </Table.Td>
                    );
                  })}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
        <Text size="sm" c="dimmed" mt="sm">{t('prices.capHow')}</Text>
      </Section>
    </FormBody>
  );
}
