import { explorerPlugin } from '@graphiql/plugin-explorer';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { createElement as h, Fragment } from 'react';
import { createRoot } from 'react-dom/client';
import './style.css';
import './workers';
import { AddressKeeper, ArabicReady, isPhone } from './editing';
import { loadExamples, type Example } from './examples';
import { fromFragment } from './link';
import { examplesPlugin } from './panel';
import { CopyLink } from './share';
import { openStore, type Store } from './storage';

/** Where GraphiQL keeps its tabs: present once somebody has worked here. */
const TABS_KEY = 'graphiql:tabState';

/**
 * What the page opens with: the question of the link that was followed, else the tabs of the last
 * visit, else the first example. It is given as the initial question and not as a default tab,
 * because GraphiQL drops the variables of the first default tab.
 */
function opening(examples: Example[], store: Store) {
  const isFirstVisit = store.getItem(TABS_KEY) === null;
  const question = fromFragment(location.hash) ?? (isFirstVisit ? examples[0] : undefined);
  return { question, showExamples: isFirstVisit && !isPhone() };
}

async function start(root: HTMLElement) {
  const store = openStore();
  const examples = await loadExamples();
  const panel = examplesPlugin(examples, store);
  const { question, showExamples } = opening(examples, store);
  createRoot(root).render(
    h(
      GraphiQL,
      {
        fetcher: createGraphiQLFetcher({ url: '/graphql', enableIncrementalDelivery: false }),
        plugins: [panel, explorerPlugin({ showAttribution: false }), HISTORY_PLUGIN],
        visiblePlugin: showExamples ? panel : undefined,
        storage: store,
        initialQuery: question?.query,
        initialVariables: question?.variables,
        defaultEditorToolsVisibility: 'variables',
        shouldPersistHeaders: false,
      },
      h(GraphiQL.Logo, null, 'Tarikh'),
      h(GraphiQL.Toolbar, {
        children: ({ prettify, merge, copy }) => h(Fragment, null, prettify, merge, copy, h(CopyLink)),
      }),
      h(AddressKeeper),
      h(ArabicReady),
    ),
  );
}

void start(document.getElementById('root')!);
