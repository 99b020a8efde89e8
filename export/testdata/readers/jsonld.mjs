/** jsonld.js, Digital Bazaar's JSON-LD 1.1 processor, which may load nothing from anywhere. */
import jsonld from 'jsonld';

const schema = 'https://schema.org/';
const iri = { '@type': '@id' };

/** What the context of schema.org says of the members that we use. */
const context = {
  '@vocab': schema,
  url: { '@id': `${schema}url`, ...iri },
  license: { '@id': `${schema}license`, ...iri },
  startDate: { '@id': `${schema}startDate`, '@type': `${schema}Date` },
  endDate: { '@id': `${schema}endDate`, '@type': `${schema}Date` },
};

async function documentLoader(url) {
  if (url !== 'https://schema.org') throw new Error(`asked for ${url}`);
  return { documentUrl: url, contextUrl: null, document: { '@context': context } };
}

/** All nodes, those of one @id joined; safe mode fails for members that would be dropped. */
export async function read(text) {
  const nodes = await jsonld.flatten(JSON.parse(text), null, { documentLoader, safe: true });
  const quads = await jsonld.toRDF(nodes, { format: 'application/n-quads', safe: true });
  const of = type => nodes.filter(node => node['@type']?.includes(schema + type));
  const value = (node, name) => node[schema + name]?.map(v => v['@value'] ?? v['@id']) ?? [];
  return {
    quads: quads.trim().split('\n').length,
    events: of('Event').filter(node => node['http://purl.org/dc/terms/temporal']).map(node => ({
      id: node['@id'],
      edtf: node['http://purl.org/dc/terms/temporal'][0]['@value'],
      start: value(node, 'startDate').join(),
      end: value(node, 'endDate').join(),
      names: Object.fromEntries(node[`${schema}name`].map(v => [v['@language'], v['@value']])),
    })),
    articles: of('NewsArticle').map(node => value(node, 'headline').join()),
    points: of('GeoCoordinates').map(node => [value(node, 'longitude')[0], value(node, 'latitude')[0]]),
    licences: of('Dataset').flatMap(node => value(node, 'license')),
    comments: of('Comment').map(node => value(node, 'text').join()),
  };
}
