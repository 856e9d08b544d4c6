import { AppShell, Burger, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from '../api/store.js';
import { session } from '../session/session.js';
import { SessionEndedNotice } from '../session/session-ended-notice.js';
import { workspacesOf } from '../workspaces/all.js';
import { Account } from './account.js';
import { ConnectionLine, useQuiet } from './connection-line.js';
import classes from './frame.module.css';
import { LanguageChoice } from './language-choice.js';
import { Mark } from './mark.js';
import { PagesOf } from './pages-of.js';
import { Search } from './search.js';
import { WorkspaceMenu } from './workspace-menu.js';

const HEADER_PX = 60;
const STRIP_PX = 34;

/** What stands around every page. Whoever has one workspace sees no menu. */
export function Frame() {
  const { t } = useTranslation('shell');
  const [open, { toggle, close }] = useDisclosure(false);
  const who = useStore(session);
  const workspaces = workspacesOf(who?.roles ?? []);
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const here = workspaces.find(({ name }) => path.split('/')[1] === name);
  const Header = here?.header;
  const main = useFocusOnArrival(path);
  useEffect(close, [path, close]);
  const menu = workspaces.length > 1;
  const quiet = useQuiet();
  return (
    <AppShell header={{ height: quiet ? HEADER_PX : HEADER_PX + STRIP_PX }} padding={0} {...(menu && { navbar: { width: 232, breakpoint: 'sm', collapsed: { mobile: !open } } })}>
      <a href="#main" className={classes.skip} onClick={(event) => (event.preventDefault(), main.current?.focus())}>{t('frame.skip')}</a>
      <AppShell.Header className={classes.header}>
        <Group h={HEADER_PX - 1} px="md" gap="md" wrap="nowrap">
          {menu && <Burger opened={open} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={open ? t('frame.closeMenu') : t('frame.openMenu')} aria-expanded={open} />}
          <Mark />
          <div className={classes.search}>
            <Suspense>{here?.search !== undefined && <Search key={here.name} workspace={here.name} to={`/${here.name}/${here.search}`} />}</Suspense>
          </div>
          <Suspense>{Header && <Header />}</Suspense>
          <LanguageChoice />
          {who !== null && <Account />}
        </Group>
        <ConnectionLine />
      </AppShell.Header>
      {menu && <AppShell.Navbar className={classes.menu} p="sm"><WorkspaceMenu workspaces={workspaces} here={here} /></AppShell.Navbar>}
      <AppShell.Main id="main" ref={main} tabIndex={-1} className={classes.main}>
        <Suspense>{here && <PagesOf workspace={here} />}</Suspense>
        <div className={classes.page}>
          <SessionEndedNotice />
          <Outlet />
        </div>
      </AppShell.Main>
    </AppShell>
  );
}

/** Who follows a link with the keyboard or hears the page goes on in its main part, not at the link that is gone; not at the first page. */
function useFocusOnArrival(path: string) {
  const main = useRef<HTMLElement>(null);
  const before = useRef(path);
  useEffect(() => {
    if (before.current === path) return;
    before.current = path;
    // A page that has put the focus in a field of its own knows better.
    if (!main.current?.contains(document.activeElement)) main.current?.focus({ preventScroll: true });
  }, [path]);
  return main;
}
