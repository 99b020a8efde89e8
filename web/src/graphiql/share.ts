import { ToolbarButton } from '@graphiql/react';
import { createElement as h, useEffect, useState, type ReactNode } from 'react';
import { useActiveQuestion } from './editing';
import { LinkIcon } from './icons';
import { toFragment } from './link';

const SHOWN_MS = 2_500;

/** The button that copies a link to the question in front. */
export function CopyLink(): ReactNode {
  const question = useActiveQuestion();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => setCopied(await copyText(linkTo(toFragment(question))));
  return h(
    ToolbarButton,
    { label: copied ? 'Link copied' : 'Copy a link to this query', onClick: copy },
    h(LinkIcon, { className: 'graphiql-toolbar-icon', 'aria-hidden': true }),
  );
}

function linkTo(fragment: string): string {
  return location.origin + location.pathname + location.search + fragment;
}

/** Copies, or where the browser has no clipboard for us (plain HTTP away from localhost) shows the text. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    prompt('Link', text);
    return false;
  }
}
