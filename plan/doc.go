// Package plan answers GraphQL queries from plans: an operation is resolved against the schema
// once (fragments, merged fields, type conditions, @skip and @include) and then writes its
// answers straight into one buffer of JSON, any number of times.
//
// This is the half that knows no type. The other half is generated beside gqlgen's code by
// internal/plangen: one switch an object type over the very struct fields, methods and resolver
// methods that gqlgen itself binds. Both together give what gqlgen's own executor gives, byte for
// byte, with the same errors; what they do not know how to give they leave to it.
//
// An object is written in one pass, depth first, and whatever it needs is asked for when its turn
// comes. That costs no more statements than asking level by level, because a relation is read for
// all rows that were read together when the first of them is asked (package cohort).
package plan
