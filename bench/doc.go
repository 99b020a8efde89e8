// Package bench is what is measured, and the floors that it is measured against.
//
// Two floors stand beside every figure, in the same run, in turns: F1 is a
// hand-written handler that turns SQL into the same JSON without GraphQL; F2 is the
// same document through the same generated code, over records in memory. Figures are
// medians of processor time and allocations, because the machines are noisy; ratios
// within one run are what counts. docs/performance.md keeps them.
//
// Two records are asked: a made-up one of rich events (record.go), and GED files of any size that
// are made out of real rows of UCDP's and come in through the real import (ged.go, large.go). The
// environment says which: BENCH_ROWS names sizes, parted by commas (10000 where it is absent);
// BENCH_DB a folder in which the imported databases are kept for the next run (a million rows are
// 7 GB and take eleven minutes; where it is absent they go with the run); BENCH_SOAK how long the
// soak lasts; TIMELINE_DATA the folder of real files.
package bench
