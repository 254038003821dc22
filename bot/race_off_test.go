//go:build !race

package bot_test

// every is how many roles share a question.
const every = 1
