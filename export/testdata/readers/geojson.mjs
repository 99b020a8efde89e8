/** @placemarkio/check-geojson: a validator of RFC 7946. */
import { getIssues } from '@placemarkio/check-geojson';

export function read(text) {
  const issues = getIssues(text);
  if (issues.length > 0) throw new Error(JSON.stringify(issues, null, 2));
  return JSON.parse(text).features.map(({ id, geometry, properties }) => ({
    id,
    time: properties.time,
    point: geometry?.coordinates ?? null,
  }));
}
