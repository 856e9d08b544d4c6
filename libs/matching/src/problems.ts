import type { ProblemCatalogue } from '@lacollecte/contracts';

export const problems: ProblemCatalogue = {
  'structure-not-said': { status: 422, fr: 'Indiquez pour quelle structure.', en: 'Say for which structure.' },
  'structure-not-approved': { status: 409, fr: "La structure n'est pas agréée en ce moment.", en: 'The structure is not approved at present.' },
  'need-not-found': { status: 404, fr: "Ce besoin n'existe pas.", en: 'There is no such need.' },
  'need-not-open': { status: 409, fr: 'Ce besoin est dans l’état « {state} » : ce n’est plus possible.', en: 'This need is {state}: that is no longer possible.' },
  'line-not-found': { status: 422, fr: "La ligne {lineId} n'est pas de ce besoin.", en: 'Line {lineId} is not part of this need.' },
  'not-that-many-open': { status: 409, fr: 'Il ne reste que {open} appareils à attribuer, {quantity} demandés.', en: 'Only {open} devices are still open, {quantity} were asked for.' },
  'allocation-not-found': { status: 404, fr: "Cette attribution n'existe pas.", en: 'There is no such allocation.' },
  'allocation-not-held': { status: 409, fr: 'Cette attribution est dans l’état « {state} » : on ne peut plus y répondre.', en: 'This allocation is {state}: it can no longer be answered.' },
  'not-that-many': { status: 422, fr: 'De 1 à {held} appareils sont réservés, {quantity} acceptés.', en: 'From 1 to {held} devices are held, {quantity} were accepted.' },
  'round-not-found': { status: 404, fr: "Ce tour d'attribution n'existe pas.", en: 'There is no such round.' },
  'round-running': { status: 409, fr: "Un tour d'attribution est déjà en cours.", en: 'A round is already under way.' },
  'no-price-table': { status: 409, fr: "Aucun barème de prix n'est en vigueur.", en: 'No price table is in force.' },
  'price-table-in-the-past': { status: 422, fr: 'Un barème ne peut pas commencer dans le passé ({validFrom}).', en: 'A price table cannot begin in the past ({validFrom}).' },
};
