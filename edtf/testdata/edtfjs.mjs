// Writes edtfjs.json: what the npm package "edtf" (edtf.js) makes of the expressions below.
//
//   npm i edtf@4.11.1 in a folder outside the checkout, copy this file there, then
//   node edtfjs.mjs > …/edtf/testdata/edtfjs.json
//
// Of each: is it accepted, and the first and last day in days since 1970-01-01 (null: none).
// Dates and intervals are read at level 1, lists at level 2.
//
// Left out, because edtf.js is no judge of them:
//   by decision: seasons (it counts quarters), ranges and ".." in lists, unknown and open starts,
//     years beyond ±271 821;
//   accepted there, not here: times without seconds or with fractions, XXXX (level 2 by the text
//     of the standard), a century of two digits, 29 February of common years;
//   accepted here, not there: qualified seasons, qualified unspecified digits and list members,
//     intervals of one day, ends whose month or year began before the start (2012-04-15/2012-04);
//   other days there: 24:00:00 and shifts that move the day, 0000-02-29, -0500-XX, decades and
//     centuries that touch -0000, lists out of order or of mixed precision (it takes the first and
//     last as written, not the earliest and latest).
import { readFileSync } from 'node:fs'
import edtf, { parse } from 'edtf'

const accepted = `
0000 0001 0476 1066 1582 1752 1900 1970 1985 2000 2012 2013 2024 9999 -0001 -0044 -0500 -9999
1985-04 1985-12 2012-01 2012-02 2013-02 1900-02 2000-02 2100-02 2012-09 0000-02 -0004-02 -0001-12
1985-04-12 2012-02-29 2000-02-29 2013-01-28 1970-01-01 1969-12-31 1582-10-04 1582-10-10
0000-01-01 -0001-12-31 -0004-02-29 -0500-06-15 9999-12-31 2012-12-31 2023-08-08
1985-04-12T23:20:30 1985-04-12T23:20:30Z 2012-04-01T00:00:00Z 2013-01-28T12:00:00+00:00
2013-01-28T12:00:00+04 2013-01-28T12:00:00-04 2013-01-28T12:00:00+05:30 2012-02-29T23:59:59
1984? 1984~ 1984% 2004-06? 2004-06~ 2004-06% 2004-06-11? 2004-06-11~ 2004-06-11% -0500~ 0000?
201X 200X 199X 000X 001X 20XX 19XX 00XX 01XX -201X -012X -05XX -20XX
2004-XX 1985-XX 1985-04-XX 2012-02-XX 2013-02-XX 1985-XX-XX 2012-XX-XX
Y12345 Y10000 Y170000 Y271820 Y-10000 Y-12345 Y-170000 Y-271820
1964/2008 2004-06/2006-08 2004-02-01/2005-02-08 2004-02-01/2005-02 2004-02-01/2005 2005/2006-02
2012-04-01/2013-01-28 2012-04/2013-01 -0500/-0480 -0001/0001
1984~/2004-06 1984/2004-06~ 1984~/2004~ 1984?/2004% 1984-06?/2004-08? 2004-06-11%/2004-06-12~
2012/.. 2012-04/.. 2012-04-01/.. 2023-08-08/.. 1985-04-12~/..
[2012] [2012,2013] [1667,1668,1670] [2012-04,2012-05] [2013-01-10,2013-01-11]
[1985-04-12] [0000,0476]
`
const refused = `
2012-13 2012-00 2012-1 2012-4-1 2012-04-1 2012-02-30 2012-04-31 2012-04-00
2012-04-32 2012-20 2012-42 2012-99 20120401 2012-W12 2012-123 201 2 12345 -12345 -0000 --2012 +2012
Y2012 Y Y-2012 Y12345-06 y12345 2012- 2012-04- 2012-04-01- 2012~- 201x 201u unknown open
2012-04-01T 2012-04-01T25:00:00 2012-04-01T10:60:00 2012-04-01T10:00:61 2012-04T10:00:00
2012-04-01T10:00:00z 2013/2012 2012-05/2012-04-15 2013-01-28/2012-04-01 2012/2013/2014 2012/P1Y
2004-06~-11 2004~-06-11 2004?-06 ?2004 2004-~06 2004-06-?11 1X99 2XXX 15XX-12-25 1985-XX-15 1985-1X
1985-04-1X 2004-06-XX/2004-07-03 201X/2020 2012-25 2012-33 2012-41 Y17E7 Y-17E7 1950S2 Y171010000S3
{1960,1961} {2012..2014} {2012} [] [2012 [2012,] [,2012] [2012]~ [2012,2013]/2014
`
const words = (text) => text.trim().split(/\s+/)
const level = (text) => (text.startsWith('[') ? 2 : 1)
const day = (ms) => (Number.isFinite(ms) ? Math.floor(ms / 86_400_000) : null)

const judge = (text) => {
  try {
    const value = edtf(parse(text, { level: level(text) }))
    return { edtf: text, ok: true, first: day(value.min), last: day(value.max) }
  } catch {
    return { edtf: text, ok: false }
  }
}
const { version } = JSON.parse(readFileSync(new URL('node_modules/edtf/package.json', import.meta.url)))
const cases = [...words(accepted), ...words(refused)].map(judge)
const lines = cases.map((c) => '    ' + JSON.stringify(c)).join(',\n')
console.log(`{\n  "oracle": "edtf@${version} (npm)",\n  "cases": [\n${lines}\n  ]\n}`)
