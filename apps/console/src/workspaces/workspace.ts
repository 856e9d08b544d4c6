import type { LucideIcon } from 'lucide-react';
import type { ComponentType, LazyExoticComponent } from 'react';

export type WorkspaceName = 'donor' | 'warehouse' | 'coordination' | 'structure' | 'administration' | 'operations';

/** What the frame knows of a workspace. Its texts are the namespace of its name, in which `nav.<page>` names its pages. */
export interface Workspace {
  readonly name: WorkspaceName;
  /** Who may enter: one of these is enough. */
  readonly roles: readonly string[];
  readonly icon: LucideIcon;
  /** Its pages in the menu, the first is where one lands; below `/<name>/`. */
  readonly pages: readonly string[];
  /** Its page that answers the search field, which adds `?q=`; without one there is no field. */
  readonly search?: string;
  /** What it adds to the frame's header, above each of its pages. */
  readonly header?: LazyExoticComponent<ComponentType>;
}

export function mayEnter(workspace: Workspace, roles: readonly string[]): boolean {
  return workspace.roles.some((role) => roles.includes(role));
}
