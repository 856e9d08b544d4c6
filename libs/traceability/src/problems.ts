import type { ProblemCatalogue } from '@lacollecte/contracts';

export const problems: ProblemCatalogue = {
  'nothing-known': { status: 404, fr: "Rien n'est connu sous cet identifiant.", en: 'Nothing is known under this identifier.' },
  'too-many-buckets': {
    status: 400, fr: 'Cette période fait plus de {most} intervalles : raccourcissez-la ou choisissez des intervalles plus longs.',
    en: 'This period has more than {most} intervals: make it shorter or choose longer intervals.',
  },
};
