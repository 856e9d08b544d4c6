import type { ProblemCatalogue } from '@lacollecte/contracts';

/** What any route may answer with. */
export const commonProblems = {
  validation: { status: 400, fr: 'La demande contient des valeurs refusées.', en: 'The request has values that are refused.' },
  'text-unusable': { status: 400, fr: 'Caractère nul ou moitié de caractère Unicode.', en: 'Null character, or half of a Unicode character.' },
  'nested-too-deep': { status: 400, fr: 'Trop de niveaux imbriqués.', en: 'Nested too deep.' },
  'malformed-request': { status: 400, fr: 'La demande n’est pas lisible : son adresse ou son corps (JSON) est mal formé.', en: 'The request cannot be read: its address or its body (JSON) is malformed.' },
  'bad-cursor': { status: 400, fr: 'Ce curseur de page ne vient pas de nous.', en: 'This page cursor was not made by us.' },
  'idempotency-key-missing': {
    status: 400,
    fr: "L'en-tête Idempotency-Key manque : une valeur unique pour cette action, la même si elle est renvoyée.",
    en: 'The Idempotency-Key header is missing: a value unique to this action, the same when it is sent again.',
  },
  'idempotency-key-malformed': { status: 400, fr: 'Idempotency-Key : 200 caractères ASCII visibles au plus.', en: 'Idempotency-Key: at most 200 visible ASCII characters.' },
  'if-match-malformed': { status: 400, fr: "If-Match attend l'ETag reçu, par exemple \"3\".", en: 'If-Match takes the ETag that was received, such as "3".' },
  unauthenticated: { status: 401, fr: 'Il faut être connecté.', en: 'You must be signed in.' },
  'token-expired': { status: 401, fr: 'La connexion a expiré : connectez-vous à nouveau.', en: 'The sign-in has expired: sign in again.' },
  'token-invalid': { status: 401, fr: "Ce jeton n'est pas valable ici.", en: 'This token is not valid here.' },
  forbidden: { status: 403, fr: "Votre rôle ne permet pas cette action.", en: 'Your role does not allow this.' },
  'no-rule': { status: 403, fr: "Personne ne peut appeler cette route : aucune règle n'est déclarée.", en: 'Nobody may call this route: it has no rule.' },
  'not-found': { status: 404, fr: "Cet élément n'existe pas, ou ne vous est pas visible.", en: 'There is no such thing, or you may not see it.' },
  'not-here-yet': { status: 409, fr: "Cet élément n'est pas encore arrivé ici. Réessayez dans un instant.", en: 'This has not arrived here yet. Try again in a moment.' },
  'stale-version': { status: 412, fr: 'Entre-temps, quelqu’un a modifié cet élément. Rechargez, puis recommencez.', en: 'Somebody changed this meanwhile. Load it again, then repeat.' },
  'payload-too-large': { status: 413, fr: 'La demande est trop volumineuse.', en: 'The request is too large.' },
  'unsupported-media-type': { status: 415, fr: 'Ce type de contenu n’est pas accepté ici.', en: 'This content type is not accepted here.' },
  'idempotency-key-reused': { status: 422, fr: "Cette clé Idempotency-Key a déjà servi pour une autre demande.", en: 'This Idempotency-Key was used for another request.' },
  'precondition-required': { status: 428, fr: "L'en-tête If-Match manque : l'ETag de ce qui vous a été montré.", en: 'The If-Match header is missing: the ETag of what you were shown.' },
  internal: { status: 500, fr: 'Une erreur est survenue de notre côté. Elle est consignée sous l’identifiant de trace joint.', en: 'Something failed on our side. It is logged under the trace id given here.' },
  'try-again': { status: 503, fr: 'Le service est momentanément occupé. Renvoyez la même demande dans un instant.', en: 'The service is busy for now. Send the same request again in a moment.' },
} satisfies ProblemCatalogue;
