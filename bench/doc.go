// Package bench is what is measured, and the floors that it is measured against.
//
// Two floors stand beside every figure, in the same run, in turns: F1 is a
// hand-written handler that turns SQL into the same JSON without GraphQL; F2 is the
// same document through the same generated code, over records in memory. Figures are
// medians of processor time and allocations, because the machines are noisy; ratios
// within one run are what counts. docs/performance.md keeps them.
package bench
