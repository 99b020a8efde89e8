/**
 * The rules by which TimeMap takes an event and a source, written down from its documentation
 * for Joi, the validator that it uses itself: closed objects of strings and lists.
 */
import Joi from 'joi';

const string = Joi.string().allow('');
const strings = names => Object.fromEntries(names.map(name => [name, string]));

const event = Joi.object({
  ...strings(['id', 'date', 'time', 'time_precision', 'location', 'latitude', 'longitude', 'type',
    'category', 'category_full', 'comments', 'time_display', 'shape', 'colour']),
  description: string.required(),
  associations: Joi.array().items(Joi.string()).required(),
  sources: Joi.array().items(Joi.string()),
  narrative___stepStyles: Joi.array(),
}).and('latitude', 'longitude').or('date', 'latitude');

const source = Joi.object({
  ...strings(['title', 'thumbnail', 'type', 'url', 'description', 'parent', 'author', 'date', 'notes']),
  id: Joi.string().required(),
  paths: Joi.array().items(Joi.string()).required(),
  affil_s: Joi.array(),
});

const association = Joi.object({
  id: Joi.string().required(),
  title: Joi.string().required(),
  desc: string,
  mode: Joi.valid('FILTER', 'CATEGORY', 'NARRATIVE').required(),
  filter_paths: Joi.array().items(Joi.string()),
});

export function read(text) {
  const { events, sources, associations, ...rest } = JSON.parse(text);
  if (Object.keys(rest).length > 0) throw new Error(`more members: ${Object.keys(rest)}`);
  const known = new Set(associations.map(({ id }) => id));
  events.forEach(e => Joi.assert(e, event));
  associations.forEach(a => Joi.assert(a, association));
  Object.entries(sources).forEach(([id, s]) => Joi.assert(s, source.keys({ id: Joi.valid(id) })));
  const dangling = events.flatMap(e => [
    ...e.sources.filter(id => !(id in sources)),
    ...e.associations.filter(id => !known.has(id)),
  ]);
  if (dangling.length > 0) throw new Error(`dangling: ${dangling}`);
  return { events, sources: Object.keys(sources).length };
}
