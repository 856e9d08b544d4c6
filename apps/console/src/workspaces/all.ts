import { administration } from './administration/workspace.js';
import { coordination } from './coordination/workspace.js';
import { donor } from './donor/workspace.js';
import { operations } from './operations/workspace.js';
import { structure } from './structure/workspace.js';
import { warehouse } from './warehouse/workspace.js';
import { mayEnter, type Workspace } from './workspace.js';

/** In the order of the menu: whoever may enter several lands on the first. */
const ALL: readonly Workspace[] = [donor, warehouse, coordination, structure, administration, operations];

export function workspacesOf(roles: readonly string[]): readonly Workspace[] {
  return ALL.filter((workspace) => mayEnter(workspace, roles));
}

export const homeOf = ({ name, pages }: Workspace): string => `/${name}/${pages[0]}`;
