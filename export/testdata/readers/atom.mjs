/** rss-parser, the usual reader of feeds in Node. */
import Parser from 'rss-parser';

export async function read(text) {
  const parser = new Parser({ customFields: { feed: ['updated', 'rights'], item: ['dcterms:temporal', 'rights'] } });
  const feed = await parser.parseString(text);
  return {
    title: feed.title?._ ?? feed.title,
    updated: feed.updated,
    rights: feed.rights,
    entries: feed.items.map(item => ({
      id: item.id,
      title: item.title,
      updated: item.pubDate,
      edtf: item['dcterms:temporal'],
      content: item.contentSnippet,
      rights: item.rights,
    })),
  };
}
