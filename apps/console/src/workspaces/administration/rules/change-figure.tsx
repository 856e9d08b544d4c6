import { useTranslation } from 'react-i18next';
import { FormWindow } from '../form/form-window.js';
import { NumberField } from '../form/number-field.js';
import { OvertakenNotice } from '../form/overtaken-notice.js';
import { saved } from '../../../parts/messages.js';
import { useShown } from '../form/use-shown.js';
import { refresh } from '../refresh.js';
import { useFigureWords } from './figure-words.js';
import { changeFigure, type Figure, figureAddresses } from './use-figures.js';

/** Asks for another value, of which it says what it may be. */
export function ChangeFigure({ figure }: { readonly figure: Figure }) {
  const { t } = useTranslation('administration');
  const { name, text, say, unit, share } = useFigureWords()(figure);
  const edit = useShown(figure);
  const { minimum, maximum, whole } = figure;
  // Without the noise of binary fractions: 0.07 is 7 and no more.
  const shown = (value: unknown) => (share ? Number((Number(value) * 100).toFixed(6)) : Number(value));
  const stored = (value: number) => (share ? Number((value / 100).toFixed(8)) : value);
  const between = minimum !== null && maximum !== null ? t('figures.between', { minimum: say(minimum), maximum: say(maximum) }) : undefined;
  const refusal = (value: number | string): string | false => {
    if (value === '' || !Number.isFinite(Number(value))) return t('refused.number');
    const wanted = stored(Number(value));
    if (whole && !Number.isInteger(wanted)) return t('refused.whole');
    const outside = (minimum !== null && wanted < minimum) || (maximum !== null && wanted > maximum);
    return outside && t('refused.outside');
  };
  const send = async ({ value }: { value: number | string }) => {
    await changeFigure(figure, edit.shown.version, stored(Number(value))).finally(() => refresh(...figureAddresses));
    saved(t('figures.nowIs', { name, value: say(stored(Number(value))) }));
  };
  return (
    <FormWindow<{ value: number | string }>
      label={t('figures.change')}
      title={name}
      lead={text}
      button={{ variant: 'default', size: 'xs' }}
      said={t('figures.changeOf', { name })}
      initial={{ value: shown(figure.value) }}
      onOpen={() => edit.goOnFrom(figure)}
      check={({ value }) => ({ value: refusal(value) })}
      send={send}
      instead={(form) => edit.overtaken && <OvertakenNotice form={form} edit={edit} parts={[{ label: name, of: ({ value }) => say(value) }]} valuesOf={({ value }) => ({ value: shown(value) })} />}
      fields={(form) => (
        <NumberField label={t('figures.value')} description={between} unit={unit} data-autofocus {...form.pick('value')} />
      )}
    />
  );
}
