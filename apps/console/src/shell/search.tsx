import { Kbd, TextInput } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { Search as Glass } from 'lucide-react';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkspaceName } from '../workspaces/workspace.js';
import classes from './search.module.css';
import { useSearchText } from './use-search-text.js';

interface SearchProps {
  readonly workspace: WorkspaceName;
  readonly to: string;
}

/** Leads to the page of the workspace that searches. `/` comes here from anywhere. */
export function Search({ workspace, to }: SearchProps) {
  const { t, i18n } = useTranslation(['shell', workspace]);
  const [text, setText] = useState(useSearchText());
  const field = useRef<HTMLInputElement>(null);
  const navigate = useNavigate();
  useHotkeys([['/', () => field.current?.select()]]);
  const find = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== '') void navigate({ href: `${to}?q=${encodeURIComponent(text.trim())}` });
  };
  return (
    <form role="search" onSubmit={find} style={{ maxWidth: '30rem', marginInline: 'auto' }}>
      <TextInput
        ref={field}
        type="search"
        classNames={{ input: classes.field }}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        aria-label={t('search.label')}
        placeholder={i18n.t('search' as never, { ns: workspace })}
        leftSection={<Glass size={17} aria-hidden />}
        rightSection={<Kbd size="xs" visibleFrom="sm" aria-hidden>/</Kbd>}
      />
    </form>
  );
}
