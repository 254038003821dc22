// Package check holds what is under deploy to what it promises.
//
// It is a module of its own, so that what the checks need, such as the types
// of Kubernetes, is no dependency of the program:
//
//	go -C deploy/check test ./...
package check
