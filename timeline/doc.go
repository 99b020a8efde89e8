// Package timeline holds what Tarikh speaks of: events, actors, locations,
// sources, claims and saved timelines, the filters, orders and pages by which
// they are asked for, and the errors that answer a wrong question.
//
// Two shapes live here, each in one place. The rows ([Event], [Actor],
// [Location], [Source], [Claim], [Timeline]) are what a question is answered
// with: the generated GraphQL code binds to their fields and methods, so a thing
// has one Go type from the database to the answer. A [Record] is one whole
// aggregate as files, checks, the change log and exports see it.
//
// The package knows nobody: no storage, no transport, no GraphQL library. What
// the rules of the field are (time, figures, identity, language) is written down
// beside the code that follows them.
package timeline
