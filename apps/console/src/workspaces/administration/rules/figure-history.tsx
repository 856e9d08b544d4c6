import { useTranslation } from 'react-i18next';
import { Timeline } from '../../../parts/timeline.js';
import { Fetched } from '../fetched.js';
import { useFigureWords } from './figure-words.js';
import { PersonName } from './person-name.js';
import { type Figure, useChanges } from './use-figures.js';

/** What a figure was, who changed it and when: the first as it was delivered. */
export function FigureHistory({ figure }: { readonly figure: Figure }) {
  const { t } = useTranslation('administration');
  const { name, say } = useFigureWords()(figure);
  const changes = useChanges(figure);
  return (
    <Fetched query={changes} rows={2}>
      {(all) => (
        <Timeline
          label={t('figures.historyOf', { name })}
          steps={[
            ...all.map(({ at, by, value }, i) => ({ key: at, at, title: say(value), state: i === 0 ? 'done' as const : 'left' as const, detail: <PersonName personId={by} /> })),
            { key: 'delivered', title: t('figures.delivered', { value: say(figure.default) }), state: 'left' as const },
          ]}
        />
      )}
    </Fetched>
  );
}
