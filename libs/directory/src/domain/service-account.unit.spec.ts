import type { DomainError, Role } from '@lacollecte/contracts';
import { checkProgram } from './service-account.js';

const SITE = '0d000000-0000-4000-8000-000000000001';

it.each<[Role[], string[], string]>([
  [['service'], [], 'accepted'], [['service'], [SITE], 'accepted'], [['operator'], [SITE], 'accepted'], [['ops'], [], 'accepted'], [['service', 'coordinator'], [SITE], 'accepted'],
  [['donor'], [], 'role-out-of-place'], [['service', 'structure'], [SITE], 'role-out-of-place'], [['relay'], [], 'role-out-of-place'],
  [['operator'], [], 'program-sites'], [['service', 'operator'], [], 'program-sites'], [['coordinator'], [SITE], 'program-sites'],
])('a program with the roles %j at sites %j: %s', (roles, siteIds, answer) => {
  let code = 'accepted';
  try {
    checkProgram({ roles, siteIds });
  } catch (error) {
    code = (error as DomainError).code;
  }
  expect(code).toBe(answer);
});
