/**
 * Eight hours without a request: a working day with its breaks goes on, and the next morning begins with a password, for signing in
 * asks the issuer for one not older than this. A tab that is left open and asks by itself counts as a person at work.
 */
export const IDLE_SECONDS = 8 * 3_600;
/** Fourteen days at the most: as long as the issuers, ours and the realm, let a sign-in last. More would be a figure without effect. */
export const LONGEST_SECONDS = 14 * 86_400;
/** The issuer's own form waits half an hour. */
export const SIGN_IN_SECONDS = 1_800;
/** After signing out: the time to be sent on to the issuer. */
export const LEAVE_SECONDS = 120;
/** A token is replaced this long before its end (or half its life, where that is shorter), so that none ends on its way to a service. */
export const REFRESH_BEFORE_SECONDS = 60;
/** Below `lock_timeout` (5 s) and `idle_in_transaction_session_timeout` (10 s) of the role: the session's row is locked meanwhile. */
export const ISSUER_TIMEOUT_SECONDS = 4;
