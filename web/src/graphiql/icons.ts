import { createElement as h, type ReactNode, type SVGProps } from 'react';

/** A list with marks before its lines. */
export function ExamplesIcon(props: SVGProps<SVGSVGElement>): ReactNode {
  return drawn('M9 5h12M9 12h12M9 19h12M3.5 5h1M3.5 12h1M3.5 19h1', props);
}

/** Two links of a chain. */
export function LinkIcon(props: SVGProps<SVGSVGElement>): ReactNode {
  return drawn(
    'M10 14a4 4 0 0 0 6 0l4-4a4.2 4.2 0 0 0-6-6l-2 2M14 10a4 4 0 0 0-6 0l-4 4a4.2 4.2 0 0 0 6 6l2-2',
    props,
  );
}

function drawn(path: string, props: SVGProps<SVGSVGElement>): ReactNode {
  const pen = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.8, strokeLinecap: 'round' } as const;
  return h('svg', { viewBox: '0 0 24 24', height: '1em', ...pen, ...props }, h('path', { d: path }));
}
