/**
 * A question as a link: `#q=<document>&v=<variables>`. It travels in the fragment, which browsers send
 * to no server: neither logs nor referrers learn what somebody asks.
 */
export interface Question {
  /** A GraphQL document. */
  query: string;
  /** Its variables: a JSON object as text, or empty. */
  variables: string;
}

/** Longer links break in mail and chat; such a question stays in its tab only. */
const MAX_FRAGMENT = 16_000;

/** Reads the question that an address carries; undefined when it carries none. */
export function fromFragment(fragment: string): Question | undefined {
  const params = new URLSearchParams(fragment.replace(/^#/, ''));
  const query = params.get('q');
  return query ? { query, variables: params.get('v') ?? '' } : undefined;
}

/** Writes a question as a fragment: empty when there is nothing to share or it is too long for a link. */
export function toFragment({ query, variables }: Question): string {
  if (!query.trim()) return '';
  const params = new URLSearchParams({ q: query });
  if (variables.trim()) params.set('v', variables);
  const fragment = `#${params}`;
  return fragment.length <= MAX_FRAGMENT ? fragment : '';
}
