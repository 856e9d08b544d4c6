import type { ProblemCatalogue } from '@lacollecte/contracts';

/** Every refusal of the workshop, in both languages. */
export const problems = {
  'device-unknown': { status: 404, fr: 'Aucun appareil ne répond à « {identifier} ».', en: 'No device answers to “{identifier}”.' },
  'identifier-ambiguous': {
    status: 409, fr: '{count} appareils portent « {identifier} » : scannez l’étiquette.', en: '{count} devices share “{identifier}”: scan the label.',
  },
  'not-here-yet': {
    status: 409, fr: "L'étiquette {label} n'est pas encore arrivée à l'atelier : réessayez dans un instant.",
    en: 'The workshop has not heard of label {label} yet: try again in a moment.',
  },
  'device-elsewhere': {
    status: 409, fr: "L'appareil {label} se trouve au site {siteId}, où vous n'intervenez pas.", en: 'Device {label} is at site {siteId}, where you do not act.',
  },
  'step-refused': {
    status: 409, fr: "L'étape « {step} » ne convient plus à {label} ({state}) : la dernière étape est « {lastStep} », le {at}.",
    en: 'Step “{step}” no longer fits {label} ({state}): its last step is “{lastStep}”, on {at}.',
  },
  'not-the-next-check': {
    status: 409, fr: 'Le prochain contrôle de {label} est « {next} », pas « {check} ».', en: 'The next check of {label} is “{next}”, not “{check}”.',
  },
  'scan-malformed': { status: 400, fr: 'Ce scan contient des valeurs refusées.', en: 'This scan has values that are refused.' },
  'diagnosis-first': { status: 409, fr: "{label} doit d'abord être diagnostiqué.", en: '{label} must be diagnosed first.' },
  'test-first': { status: 409, fr: "{label} doit d'abord être testé.", en: '{label} must be tested first.' },
  'age-needed': {
    status: 422, fr: "L'âge de {label} n'est pas connu : a-t-il plus de dix ans ?", en: 'The age of {label} is not known: is it older than ten years?',
  },
  'drive-kind-unfit': { status: 422, fr: 'Un appareil de catégorie « {category} » n’a pas de support « {kind} ».', en: 'A device of category “{category}” has no “{kind}” medium.' },
  'drive-unknown': { status: 404, fr: "{label} n'a pas de support « {serial} ».", en: '{label} has no drive “{serial}”.' },
  'drive-built-in': { status: 409, fr: 'La mémoire de {label} ne se retire pas.', en: 'The storage of {label} cannot be taken out.' },
  'drive-destroyed': { status: 409, fr: 'Le support {serial} est déclaré détruit.', en: 'Drive {serial} is declared destroyed.' },
  'site-not-yours': { status: 403, fr: "Ce site n'est pas le vôtre : {site}.", en: 'This site is not yours: {site}.' },
  'drive-elsewhere': { status: 409, fr: "Le support {serial} est encore dans l'appareil {label}.", en: 'Drive {serial} is still in device {label}.' },
  'drive-needed': { status: 409, fr: "{label} n'a plus de disque : il lui en faut un autre.", en: '{label} has no drive left: it needs another.' },
  'drive-unreadable': { status: 422, fr: 'Le support {serial} est illisible : il doit être détruit.', en: 'Drive {serial} cannot be read: it must be destroyed.' },
  'method-unfit': {
    status: 422, fr: 'La méthode « {method} » n’efface pas un support « {kind} ».', en: 'Method “{method}” does not erase a “{kind}” medium.',
  },
  'not-verified': { status: 422, fr: "Un effacement en une passe ne compte que s'il a été vérifié.", en: 'A one-pass erasure counts only when it was verified.' },
  'account-linked': { status: 422, fr: 'Un compte tient encore {label} : déliez-le avant de réinitialiser.', en: 'An account still holds {label}: unlink it before the reset.' },
  'evidence-too-old': {
    status: 422, fr: "Cet effacement de {serial} date d'avant son retour ou sa contestation.", en: 'This erasure of {serial} ended before it came back or was contested.',
  },
  'evidence-unknown': { status: 404, fr: "Cette preuve d'effacement n'existe pas.", en: 'There is no such evidence.' },
  'evidence-of-other-device': { status: 409, fr: 'Cette preuve est celle d’un autre appareil que {label}.', en: 'This evidence is of another device than {label}.' },
  'evidence-contested': { status: 409, fr: 'Cette preuve a été contestée : effacez de nouveau.', en: 'This evidence was contested: erase again.' },
  'evidence-not-waiting': { status: 409, fr: 'Cette preuve n’attend pas (« {state} »).', en: 'This evidence does not wait (“{state}”).' },
  'evidence-not-matched': { status: 409, fr: 'Cette preuve ne couvre aucun support (« {state} »).', en: 'This evidence covers no drive (“{state}”).' },
  'serial-differs': { status: 409, fr: 'La preuve nomme {serial}, le support est {drive}.', en: 'The evidence names {serial}, the drive is {drive}.' },
  'media-known': { status: 409, fr: '{label} a un support de données connu : effacez-le ou détruisez-le.', en: '{label} has a known data-bearing drive: erase or destroy it.' },
  'purchase-reference-needed': { status: 422, fr: "Un disque neuf vient avec sa référence d'achat.", en: 'A new drive comes with its purchase reference.' },
  'harvested-drive-unerased': {
    status: 422, fr: 'Aucun effacement réussi n’est connu pour le disque {serial} : effacez-le d’abord.', en: 'No passed erasure of drive {serial} is known: erase it first.',
  },
  'test-incomplete': { status: 422, fr: 'La liste de contrôle « {category} » n’est pas remplie comme il faut.', en: 'The checklist for “{category}” is not filled in as it should be.' },
  'test-item-missing': { status: 422, fr: 'Point de contrôle sans résultat.', en: 'Item without a result.' },
  'test-item-needed': { status: 422, fr: 'Ce point de contrôle ne peut pas être « sans objet ».', en: 'This item cannot be “not applicable”.' },
  'test-item-unknown': { status: 422, fr: "Ce point n'est pas dans la liste.", en: 'This item is not on the list.' },
  'test-value-missing': { status: 422, fr: 'Ce point demande une valeur.', en: 'This item asks for a value.' },
  'test-value-unfit': { status: 422, fr: 'La valeur de ce point ne convient pas.', en: 'The value of this item does not fit.' },
  'grading-input-missing': { status: 422, fr: 'Pour le grade, il manque : {inputs}.', en: 'Grading needs: {inputs}.' },
  'grading-input-unfit': { status: 422, fr: 'Valeurs hors des règles de grade : {inputs}.', en: 'Values outside the grading rules: {inputs}.' },
  'no-rule-set': { status: 409, fr: 'Aucune règle de grade n’est en vigueur pour « {category} ».', en: 'No grading rules are in force for “{category}”.' },
  'rule-set-known': { status: 409, fr: 'Les règles « {id} » existent déjà : elles ne se modifient pas.', en: 'Rule set “{id}” exists already: rule sets are not changed.' },
  'nothing-to-undo': { status: 409, fr: "{label} n'a pas d'étape à annuler.", en: '{label} has no step to undo.' },
  'undo-too-late': { status: 409, fr: "L'étape « {step} » ne s'annule plus après {minutes} minutes.", en: 'Step “{step}” cannot be undone after {minutes} minutes.' },
  'category-settled': { status: 409, fr: 'La catégorie de {label} ne se corrige plus ({state}).', en: 'The category of {label} can no longer be corrected ({state}).' },
  'nothing-to-answer': { status: 409, fr: '{label} n’attend pas de réponse.', en: '{label} waits for no answer.' },
} satisfies ProblemCatalogue;
