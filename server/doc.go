// Package server is who listens: it stands between a network and the record. It
// takes questions over HTTP, refuses what is malformed or would cost too much
// before any work is done for it, opens one view of the record for each question,
// and gives answers and errors the form that clients rely on.
//
// The way of a question is one page of code: [Server.Handler] sends it to the
// transport (transport.go), which reads it (request.go) and hands it to the engine
// (engine.go): queue, document (document.go, guard.go), variables (variables.go),
// cost (cost.go), view, execution. [Execute] enters at the engine, so a question
// asked in process meets the same schema, limits and errors.
//
// It must not know what a question means, nor where anything is kept: fields are
// answered by package resolvers, records are read by package db. It keeps no
// package state; its metrics are in a registry of its own.
package server
