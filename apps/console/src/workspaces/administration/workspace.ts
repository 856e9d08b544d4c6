import { Users } from 'lucide-react';
import type { Workspace } from '../workspace.js';

export const administration = { name: 'administration', roles: ['admin'], icon: Users, pages: ['people', 'organisations', 'sites', 'rules'], search: 'people' } as const satisfies Workspace;
