import { pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { Kind, parse, type OperationDefinitionNode } from 'graphql';
import { useEffect } from 'react';
import { fromFragment, toFragment, type Question } from './link';

/** Narrower than this the panels cover the editors: see the same figure in style.css. */
const PHONE = '(max-width: 700px)';

/** Whether the screen is too narrow for panels beside editors. */
export function isPhone(): boolean {
  return matchMedia(PHONE).matches;
}

/** Opens a question in a tab of its own, so that nothing written in the others is lost. */
export function useOpenQuestion(): (question: Question) => void {
  const { addTab, setOperationFacts, setVisiblePlugin, updateActiveTabValues } = useGraphiQLActions();
  const { queryEditor, variableEditor } = useGraphiQL(pick('queryEditor', 'variableEditor'));
  return ({ query, variables }) => {
    addTab();
    queryEditor?.setValue(query);
    variableEditor?.setValue(variables);
    setOperationFacts(operationFacts(query));
    updateActiveTabValues({ query, variables });
    if (isPhone()) setVisiblePlugin(null);
  };
}

/**
 * Which operations a document holds and which of them runs. GraphiQL works it out itself a moment after
 * the last change of its editor: too late for whoever runs at once, who would ask for the operation of
 * the tab before.
 */
function operationFacts(query: string) {
  try {
    const documentAST = parse(query);
    const operations = documentAST.definitions.filter(
      (node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION,
    );
    return { documentAST, operations, operationName: operations[0]?.name?.value };
  } catch {
    return {}; // a pasted link may hold anything: the editor underlines what is wrong
  }
}

/** The question of the tab in front. */
export function useActiveQuestion(): Question {
  return useGraphiQL(({ tabs, activeTabIndex }) => {
    const tab = tabs[activeTabIndex];
    return { query: tab?.query ?? '', variables: tab?.variables ?? '' };
  });
}

/**
 * Keeps the address a link to the tab in front, and opens the question of a link that is pasted over
 * it. The address is replaced and never pushed: the back button leaves the page, as people expect.
 */
export function AddressKeeper(): null {
  const { query, variables } = useActiveQuestion();
  const open = useOpenQuestion();
  useEffect(() => {
    const address = location.pathname + location.search + toFragment({ query, variables });
    history.replaceState(history.state, '', address);
  }, [query, variables]);
  useEffect(() => {
    const follow = () => {
      const question = fromFragment(location.hash);
      if (question) open(question);
    };
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, [open]);
  return null;
}

/**
 * Dresses the editors for Arabic. Monaco's defaults hurt it: one named Latin font, lines too low for
 * its marks, and boxes around letters that resemble Latin ones or steer direction.
 */
export function ArabicReady(): null {
  const editors = useGraphiQL(
    pick('queryEditor', 'variableEditor', 'headerEditor', 'responseEditor'),
  );
  useEffect(() => {
    for (const editor of Object.values(editors)) {
      editor?.updateOptions({
        fontFamily: 'var(--font-family-mono)',
        lineHeight: 1.6,
        unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: false },
      });
    }
  }, [editors]);
  return null;
}
