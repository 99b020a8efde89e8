// Package edtf reads, compares and says uncertain dates.
//
// A date is written as EDTF, the Extended Date/Time Format: the profile of
// ISO 8601-2:2019 that the Library of Congress published on 4 February 2019.
// Levels 0 and 1 are read whole, of level 2 the one-of sets ("[2012-04-03..2012-04-06]").
// Everything else of level 2 is refused by name and column.
//
// Time is told as two pairs of days: a thing began within [Value.Start] and ended within
// [Value.End]. "2012-04" is one day somewhere in April; "2012-04-01/2013-01-28" lasted.
// [Possible] and [Certain] say how such a pair of pairs stands to a window of days.
// Days are those of the proleptic Gregorian calendar, years are numbered astronomically
// (0000 is 1 BCE), no time zone ever shifts a day.
//
// Where the standard leaves room, this package reads it so:
//
//   - Every accepted text is its own canonical form: no two spellings of one expression
//     are accepted. So spaces, "+2012", "-0000" and "Y2012" are refused.
//   - The qualifiers ? ~ % may end any date of level 1 as well, seasons (2012-21~) and
//     unspecified digits (201X?) included, but no date-time. They never move a bound.
//   - Seasons and years prefixed by Y may stand in intervals and sets. Unspecified digits in
//     an interval are level 2 (heading "Interval" there).
//   - A negative decade or century runs over the years whose digits it fixes: -012X is
//     -0129 to -0120, and -000X ends with -0001, because there is no year -0000.
//
// The package knows nobody but the standard library; it must not learn of records, queries
// or transports.
package edtf
