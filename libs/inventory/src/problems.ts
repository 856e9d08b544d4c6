import type { ProblemCatalogue } from '@lacollecte/contracts';

export const problems: ProblemCatalogue = {
  'item-not-found': { status: 404, fr: "Cet article n'existe pas.", en: 'There is no such item.' },
  'item-step-refused': {
    status: 409, fr: "L'étape « {step} » ne convient pas à l'article {label}, dans l'état « {state} ».",
    en: 'The step “{step}” does not fit item {label}, which is {state}.',
  },
  'item-in-workshop': {
    status: 409, fr: "L'article {label} est rappelé ou revenu : seul l'atelier peut le remettre en stock.",
    en: 'Item {label} was recalled or has come back: only the workshop can make it stock again.',
  },
  'item-at-other-site': {
    status: 403, fr: "L'article {label} se trouve au site {siteId}, où vous n'intervenez pas.",
    en: 'Item {label} is at site {siteId}, where you do not act.',
  },
  'bin-unknown': { status: 422, fr: "Ce site n'a pas d'emplacement « {bin} ».", en: 'This site has no bin “{bin}”.' },
  'reservation-not-found': { status: 404, fr: "Cette réservation n'existe pas.", en: 'There is no such reservation.' },
  'reservation-not-held': {
    status: 409, fr: "Cette réservation est dans l'état « {state} » : seule l'expédition peut encore la libérer.",
    en: 'This reservation is {state}: only dispatch can still free it.',
  },
  'reservation-step-refused': {
    status: 409, fr: 'Une réservation ne passe pas de « {state} » à « {next} ».', en: 'A reservation does not go from {state} to {next}.',
  },
};
