import type { ProblemCatalogue } from '@lacollecte/contracts';
import { HealthController } from './health.controller.js';
import { JobsController } from './jobs.controller.js';
import { OperationsController } from './operations.controller.js';
import { ParkedController } from './parked.controller.js';
import { ParkedEventController } from './parked-event.controller.js';
import { ParkedGroupsController } from './parked-groups.controller.js';
import { SettingsController } from './settings.controller.js';
import { StreamController } from './stream.controller.js';

/** Routes that every service has. */
export const PLATFORM_CONTROLLERS = [HealthController, JobsController, OperationsController, ParkedController, ParkedEventController, ParkedGroupsController, SettingsController, StreamController];

export const platformProblems = {
  'setting-unknown': { status: 404, fr: "Le paramètre « {name} » n'existe pas.", en: 'There is no setting “{name}”.' },
  'setting-invalid': { status: 400, fr: 'Cette valeur n’est pas admise : de {minimum} à {maximum}.', en: 'This value is not accepted: from {minimum} to {maximum}.' },
  'parked-event-not-first': {
    status: 409,
    fr: "Cet événement n'est pas (ou plus) le premier arrêté de sa clé.",
    en: 'This event is not (or no longer) the first parked one of its key.',
  },
  'parked-event-unknown': { status: 404, fr: "Cet événement n'est pas (ou plus) arrêté.", en: 'This event is not (or no longer) parked.' },
  'job-not-put-off': {
    status: 409,
    fr: "Ce travail n'attend plus une reprise : il a abouti, ou il a été abandonné.",
    en: 'This job does not wait to be run again: it is done, or it was given up.',
  },
  'too-many-watchers': { status: 503, fr: 'Trop de personnes suivent déjà ce flux.', en: 'Too many are watching this stream already.' },
} satisfies ProblemCatalogue;
