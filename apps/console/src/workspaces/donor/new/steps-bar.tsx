import { Text, UnstyledButton } from '@mantine/core';
import { Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type Needed, type Step, STEPS, stepOf } from './draft-words.js';
import classes from './steps-bar.module.css';

interface StepsBarProps {
  readonly step: Step;
  readonly missing: readonly Needed[];
  readonly onStep: (step: Step) => void;
}

/** The four steps, each with what it still lacks; one may go to any of them. */
export function StepsBar({ step, missing, onStep }: StepsBarProps) {
  const { t } = useTranslation('donor');
  const lack = (name: Step) => (name === 'review' ? missing : missing.filter((needed) => stepOf(needed) === name)).length;
  return (
    <nav aria-label={t('new.steps.label')}>
      <ol className={classes.steps}>
        {STEPS.map((name, i) => (
          <li key={name}>
            <UnstyledButton className={classes.step} aria-current={name === step ? 'step' : undefined} onClick={() => onStep(name)}>
              <Text fw={600} component="span" display="block">{i + 1}. {t(`new.steps.${name}`)}</Text>
              <Text size="sm" component="span" style={{ color: `var(--lc-${lack(name) === 0 ? 'done' : 'waiting'}-ink)` }}>
                {lack(name) === 0 ? <><Check size={14} aria-hidden /> {t('new.steps.complete')}</> : t('new.steps.missing', { count: lack(name) })}
              </Text>
            </UnstyledButton>
          </li>
        ))}
      </ol>
    </nav>
  );
}
