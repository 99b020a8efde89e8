import type { Question } from './link';

/** The languages that examples are titled in, in the order that the panel shows them. */
export const LANGUAGES = ['en', 'fr', 'ar'] as const;
export type Language = (typeof LANGUAGES)[number];

/** A ready question, one of docs/queries, as web.Example serves it. */
export interface Example extends Question {
  /** Names it among the others and in its file name. */
  name: string;
  /** What it asks, by language. */
  titles: Partial<Record<Language, string>>;
}

/**
 * Loads the examples that the server was built with. Without them the page still asks any question,
 * so a failure is an empty list and no dead end.
 */
export async function loadExamples(): Promise<Example[]> {
  try {
    const answer = await fetch('./examples.json');
    return answer.ok ? await answer.json() : [];
  } catch {
    return [];
  }
}

/** The title in the language asked for, else in the first that there is. */
export function titleOf(example: Example, language: Language): { text: string; language: Language } {
  for (const candidate of [language, ...LANGUAGES]) {
    const text = example.titles[candidate];
    if (text) return { text, language: candidate };
  }
  return { text: example.name, language: 'en' };
}

/** The way a language is written. */
export function directionOf(language: Language): 'ltr' | 'rtl' {
  return language === 'ar' ? 'rtl' : 'ltr';
}
