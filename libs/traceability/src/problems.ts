import type { ProblemCatalogue } from '@lacollecte/contracts';

export const problems: ProblemCatalogue = {
  'device-not-found': { status: 404, fr: "Aucun événement n'a encore parlé de cet appareil.", en: 'No event has told of this device yet.' },
  'lot-not-found': { status: 404, fr: "Aucun événement n'a encore parlé de ce lot.", en: 'No event has told of this lot yet.' },
  'event-not-found': { status: 404, fr: "Cet événement n'a pas été entendu.", en: 'This event has not been heard.' },
  'flow-too-long': { status: 422, fr: 'La période demandée compte plus de {most} intervalles.', en: 'The time asked for has more than {most} buckets.' },
};
