/**
 * Reads one exported file with a reader that others wrote, and prints what it read as JSON:
 *
 *     node run.mjs READER FILE
 *
 * Whatever the reader complains of makes it fail.
 */
import { readFile } from 'node:fs/promises';

const readers = {
  geojson: () => import('./geojson.mjs'),
  ics: () => import('./ics.mjs'),
  atom: () => import('./atom.mjs'),
  jsonld: () => import('./jsonld.mjs'),
  ftm: () => import('./ftm.mjs'),
  timelinejs: () => import('./timelinejs.mjs'),
  timemap: () => import('./timemap.mjs'),
};

const [name, file] = process.argv.slice(2);
const { read } = await readers[name]();
console.log(JSON.stringify(await read(await readFile(file, 'utf8'), file)));
