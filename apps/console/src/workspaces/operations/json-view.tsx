import { ScrollArea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './json-view.module.css';
import { type Fault, linesOf } from './json-lines.js';

interface JsonViewProps {
  readonly label: string;
  /** As it came; shown as it is where it is not JSON. */
  readonly text: string;
  readonly faults: readonly Fault[];
}

/** JSON in lines, with those at fault marked and what is the matter beside them. */
export function JsonView({ label, text, faults }: JsonViewProps) {
  const { t } = useTranslation('operations');
  return (
    <ScrollArea.Autosize mah="32rem" className={classes.frame} viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': label }}>
      <pre className={classes.text}>
        {linesOf(text, faults).map(({ depth, content, absent, messages }, n) => (
          <div key={n} className={classes.line} data-fault={messages.length > 0 || undefined} style={{ paddingLeft: `${0.5 + depth * 1.1}rem` }}>
            {messages.length > 0 ? <mark>{content}{absent && t('parked.absent')}</mark> : content}
            {messages.length > 0 && <span className={classes.message}>← {messages.join('; ')}</span>}
          </div>
        ))}
      </pre>
    </ScrollArea.Autosize>
  );
}
