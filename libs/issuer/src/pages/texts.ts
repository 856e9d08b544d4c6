export type Language = 'fr' | 'en';

const FR = {
  language: 'fr',
  otherLanguage: 'English',
  signIn: 'Se connecter',
  email: 'Adresse électronique',
  password: 'Mot de passe',
  apply: 'Pas encore de compte ? Demander du matériel pour votre association',
  wrong: 'Adresse ou mot de passe incorrect. Vérifiez les deux, puis réessayez.',
  tooMany: (minutes: number) => `Trop d’essais. Réessayez dans ${minutes} min.`,
  demonstration: 'Comptes de démonstration',
  demonstrationHint: 'Personne et rien n’y est réel. Choisissez qui vous voulez être :',
  expired: 'Cette page a expiré',
  expiredHint: 'Revenez à l’application et connectez-vous de nouveau.',
  refused: 'La connexion n’a pas abouti',
  refusedHint: 'Revenez à l’application et réessayez. Si cela se répète, transmettez ce code à l’équipe :',
  signOut: 'Se déconnecter',
  signOutAsk: 'Voulez-vous vous déconnecter ?',
  stay: 'Rester connecté',
  signedOut: 'Vous êtes déconnecté',
  signedOutHint: 'Vous pouvez fermer cette page.',
  choosePassword: 'Choisir un mot de passe',
  newPassword: 'Nouveau mot de passe',
  passwordRule: '12 caractères au moins ; une phrase convient très bien.',
  passwordShort: 'Ce mot de passe est trop court : 12 caractères au moins.',
  linkUsed: 'Ce lien n’est plus valable',
  linkUsedHint: 'Il a déjà servi ou il a expiré. Demandez-en un nouveau à la personne qui vous a invité.',
  passwordSet: 'Mot de passe enregistré',
  passwordSetHint: 'Vous pouvez maintenant vous connecter.',
  roles: {
    donor: 'donateur', coordinator: 'coordination', operator: 'atelier et entrepôt', structure: 'structure', relay: 'relais numérique', ops: 'exploitation',
    admin: 'administration', service: 'programme',
  },
};

const EN: typeof FR = {
  language: 'en',
  otherLanguage: 'Français',
  signIn: 'Sign in',
  email: 'E-mail address',
  password: 'Password',
  apply: 'No account yet? Ask for equipment for your association',
  wrong: 'Wrong e-mail address or password. Check both, then try again.',
  tooMany: (minutes: number) => `Too many attempts. Try again in ${minutes} min.`,
  demonstration: 'Demonstration accounts',
  demonstrationHint: 'Nobody and nothing in here is real. Choose who you want to be:',
  expired: 'This page has expired',
  expiredHint: 'Go back to the application and sign in again.',
  refused: 'Signing in did not work',
  refusedHint: 'Go back to the application and try again. If it happens again, give this code to the team:',
  signOut: 'Sign out',
  signOutAsk: 'Do you want to sign out?',
  stay: 'Stay signed in',
  signedOut: 'You are signed out',
  signedOutHint: 'You may close this page.',
  choosePassword: 'Choose a password',
  newPassword: 'New password',
  passwordRule: 'At least 12 characters; a phrase does very well.',
  passwordShort: 'This password is too short: at least 12 characters.',
  linkUsed: 'This link is no longer valid',
  linkUsedHint: 'It was used already, or it has expired. Ask whoever invited you for a new one.',
  passwordSet: 'Password saved',
  passwordSetHint: 'You can sign in now.',
  roles: {
    donor: 'donor', coordinator: 'coordination', operator: 'workshop and warehouse', structure: 'structure', relay: 'digital relay', ops: 'operations',
    admin: 'administration', service: 'program',
  },
};

export type Texts = typeof FR;

/** What the person chose (`lang` or OpenID's `ui_locales`), else what the browser prefers, else French. */
export function textsFor(chosen: string | null | undefined, acceptLanguage: string | undefined): Texts {
  const wish = chosen || acceptLanguage || 'fr';
  const first = wish.split(/[\s,;]+/).find((tag) => /^(fr|en)\b/i.test(tag));
  return first?.toLowerCase().startsWith('en') ? EN : FR;
}
