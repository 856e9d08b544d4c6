import { ActionIcon, Button, NativeSelect, Table } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import { type ReactNode, useContext } from 'react';
import { GRADES } from '@lacollecte/contracts';
import { useTranslation } from 'react-i18next';
import { Section } from '../section.js';
import type { Condition, Place, Scheme, Term } from './scheme.js';
import { SchemeEditing, SchemeNumber } from './scheme-edit.js';
import classes from './scheme.module.css';
import { useSchemeWords } from './scheme-words.js';

/** How a device gets its grade: points, what they come to, and what keeps it lower. */
export function SchemeView({ scheme }: { readonly scheme: Scheme }) {
  const { t } = useTranslation('administration');
  const { input } = useSchemeWords();
  return (
    <>
      <Section title={t('scheme.points')} lead={scheme.percent === undefined ? t('scheme.pointsHow') : t('scheme.pointsPercent', { input: input(scheme.percent) })}>
        <div className={classes.terms}>{scheme.terms.map((term, i) => <TermView key={i} term={term} place={['terms', i]} scheme={scheme} />)}</div>
      </Section>
      <Section title={t('scheme.bands')} lead={t('scheme.bandsHow')}><Bands scheme={scheme} /></Section>
      {scheme.caps.length > 0 && <Section title={t('scheme.caps')} lead={t('scheme.capsHow')}><Caps scheme={scheme} /></Section>}
    </>
  );
}

interface TermProps {
  readonly term: Term;
  readonly place: Place;
  readonly scheme: Scheme;
}

function TermView({ term, place, scheme }: TermProps) {
  const { t } = useTranslation('administration');
  const { input, fact, among } = useSchemeWords();
  const title = term.kind === 'constant' ? t('scheme.bonus') : input(term.input);
  const when = term.when && <div className={classes.when}>{t('scheme.if')} <Conditions when={term.when} place={place} /></div>;
  if (term.kind === 'constant') return <TermCard title={title}>{when}<p><SchemeNumber place={[...place, 'points']} value={term.points} label={t('scheme.pointsOf', { input: title })} /> {t('scheme.point', { count: Number(term.points) })}</p></TermCard>;
  if (term.kind === 'value') {
    const choices = scheme.inputs[term.input]?.oneOf;
    return <TermCard title={title}>{when}<p>{choices ? t('scheme.stated', { choices: among(choices.map(fact)) }) : t('scheme.statedAny')}</p></TermCard>;
  }
  return <TermCard title={title}>{when}<Steps term={term} place={[...place, 'table']} title={title} />{term.kind === 'linear' && <p className={classes.when}>{t('scheme.linear')}</p>}</TermCard>;
}

function TermCard({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return <div className={classes.term}><h3>{title}</h3>{children}</div>;
}

interface StepsProps {
  readonly term: Extract<Term, { table: unknown }>;
  readonly place: Place;
  readonly title: string;
}

function Steps({ term: { table }, place, title }: StepsProps) {
  const { t } = useTranslation('administration');
  const edit = useContext(SchemeEditing);
  const [last] = table.slice(-1);
  return (
    <>
      <Table verticalSpacing={4} aria-label={title}>
        <Table.Thead><Table.Tr><Table.Th>{t('scheme.fromValue')}</Table.Th><Table.Th>{t('scheme.gives')}</Table.Th>{edit && <Table.Th><span className={classes.unseen}>{t('scheme.remove')}</span></Table.Th>}</Table.Tr></Table.Thead>
        <Table.Tbody>
          {table.map(([from, points], row) => (
            <Table.Tr key={row}>
              <Table.Td><SchemeNumber place={[...place, row, 0]} value={from} label={t('scheme.fromRow', { input: title, row: row + 1 })} /></Table.Td>
              <Table.Td><SchemeNumber place={[...place, row, 1]} value={points} label={t('scheme.pointsRow', { input: title, row: row + 1 })} /></Table.Td>
              {edit && <Table.Td>{table.length > 1 && <ActionIcon variant="subtle" size="sm" aria-label={t('scheme.removeRow', { row: row + 1 })} onClick={() => edit.put(place, table.filter((_, i) => i !== row))}><X size={15} aria-hidden /></ActionIcon>}</Table.Td>}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {edit && last && <Button variant="subtle" size="xs" leftSection={<Plus size={15} aria-hidden />} aria-label={t('scheme.addRowOf', { input: title })} onClick={() => edit.put(place, [...table, [Number(last[0]) + 1, last[1]]])}>{t('scheme.addRow')}</Button>}
    </>
  );
}

function Conditions({ when, place }: { readonly when: readonly Condition[]; readonly place: Place }) {
  const { t } = useTranslation('administration');
  const { input, fact, among } = useSchemeWords();
  return when.map((condition, i) => {
    const at = [...place, 'when', i];
    const name = input(condition.input);
    return (
      <span key={i} className={classes.condition}>
        {i > 0 && `${t('scheme.and')} `}{condition.in ? t('scheme.among', { input: name, facts: among(condition.in.map(fact)) }) : name}
        {condition.atLeast !== undefined && <> {t('scheme.atLeast')} <SchemeNumber place={[...at, 'atLeast']} value={condition.atLeast} label={`${name}, ${t('scheme.atLeast')}`} /></>}
        {condition.below !== undefined && <> {t('scheme.below')} <SchemeNumber place={[...at, 'below']} value={condition.below} label={`${name}, ${t('scheme.below')}`} /></>}{' '}
      </span>
    );
  });
}

function Bands({ scheme: { bands, top } }: { readonly scheme: Scheme }) {
  const { t } = useTranslation('administration');
  const { grade, number } = useSchemeWords();
  const [last] = bands.slice(-1);
  return (
    <ul className={classes.lines}>
      {bands.map((band, i) => <li key={band.grade}>{t('scheme.less')} <SchemeNumber place={['bands', i, 'below']} value={band.below} label={t('scheme.lessFor', { grade: grade(band.grade) })} /> {t('scheme.pointsThen', { grade: grade(band.grade) })}</li>)}
      <li>{last ? t('scheme.more', { points: number(Number(last.below)), grade: grade(top) }) : grade(top)}</li>
    </ul>
  );
}

function Caps({ scheme: { caps } }: { readonly scheme: Scheme }) {
  const { t } = useTranslation('administration');
  const edit = useContext(SchemeEditing);
  const { grade } = useSchemeWords();
  return (
    <ul className={classes.lines}>
      {caps.map((cap, i) => (
        <li key={i}>
          <Conditions when={cap.when} place={['caps', i]} /> →{' '}
          {edit
            ? <NativeSelect size="xs" className={classes.grade} aria-label={t('scheme.atMost')} data={GRADES.map((value) => ({ value, label: grade(value) }))} value={cap.atMost} onChange={({ currentTarget }) => edit.put(['caps', i, 'atMost'], currentTarget.value)} />
            : <b>{t('scheme.atMostGrade', { grade: grade(cap.atMost) })}</b>}
        </li>
      ))}
    </ul>
  );
}
