import type { GraphiQLPlugin } from '@graphiql/react';
import { createElement as h, useState, type ReactNode } from 'react';
import { useOpenQuestion } from './editing';
import { directionOf, LANGUAGES, titleOf, type Example, type Language } from './examples';
import { ExamplesIcon } from './icons';
import type { Store } from './storage';

const LANGUAGE_KEY = 'examples:language';

const WORDS: Record<Language, { name: string; heading: string; hint: string; none: string }> = {
  en: {
    name: 'English',
    heading: 'Examples',
    hint: 'Each opens in a tab of its own, ready to run.',
    none: 'This server has no examples.',
  },
  fr: {
    name: 'Français',
    heading: 'Exemples',
    hint: 'Chacun s’ouvre dans son propre onglet, prêt à être exécuté.',
    none: 'Ce serveur n’a pas d’exemples.',
  },
  ar: {
    name: 'العربية',
    heading: 'أمثلة',
    hint: 'يُفتح كل مثال في علامة تبويب خاصة به، جاهزًا للتنفيذ.',
    none: 'لا توجد أمثلة على هذا الخادم.',
  },
};

/** The side panel of ready questions, in the reader's language. */
export function examplesPlugin(examples: Example[], store: Store): GraphiQLPlugin {
  return {
    title: 'Examples',
    icon: ExamplesIcon,
    content: () => h(ExamplesPanel, { examples, store }),
  };
}

function ExamplesPanel({ examples, store }: { examples: Example[]; store: Store }): ReactNode {
  const [language, setLanguage] = useState(() => preferredLanguage(store));
  const choose = (chosen: Language) => {
    store.setItem(LANGUAGE_KEY, chosen);
    setLanguage(chosen);
  };
  const words = WORDS[language];
  return h(
    'section',
    { className: 'examples', lang: language, dir: directionOf(language), 'aria-label': words.heading },
    h('h2', null, words.heading),
    h(LanguageSwitch, { language, choose }),
    h('p', null, examples.length ? words.hint : words.none),
    h(ExampleList, { examples, language }),
  );
}

interface Switch {
  language: Language;
  choose(language: Language): void;
}

function LanguageSwitch({ language, choose }: Switch): ReactNode {
  const buttons = LANGUAGES.map(code =>
    h(
      'button',
      {
        key: code,
        type: 'button',
        lang: code,
        'aria-pressed': code === language,
        onClick: () => choose(code),
      },
      WORDS[code].name,
    ),
  );
  return h('div', { className: 'examples-languages', role: 'group' }, buttons);
}

function ExampleList({ examples, language }: { examples: Example[]; language: Language }): ReactNode {
  const open = useOpenQuestion();
  const items = examples.map(example => {
    const title = titleOf(example, language);
    const spoken = { lang: title.language, dir: directionOf(title.language) };
    const button = { type: 'button', ...spoken, onClick: () => open(example) } as const;
    return h('li', { key: example.name }, h('button', button, title.text));
  });
  return h('ol', null, items);
}

/** What was chosen last, else the first language of the browser that we have, else English. */
function preferredLanguage(store: Store): Language {
  const wishes = [store.getItem(LANGUAGE_KEY), ...navigator.languages];
  for (const wish of wishes) {
    const known = LANGUAGES.find(code => wish?.split('-')[0] === code);
    if (known) return known;
  }
  return 'en';
}
