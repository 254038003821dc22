//go:build race

package bot_test

// every is how many roles share a question: the race detector is slow, and
// looks for other faults than wrong answers.
const every = 6
