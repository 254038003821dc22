package main

import (
	"fmt"
	"os"
	"strings"
)

// secret is the value of a variable that may also stand in a file: NAME, or
// what the file that NAME_FILE names holds, without white space around it.
// Neither set is "".
func (e *env) secret(name string) (string, error) {
	value, file := e.getenv(name), e.getenv(name+"_FILE")
	switch {
	case value != "" && file != "":
		return "", fmt.Errorf("%s and %s_FILE are both set: keep one", name, name)
	case file == "":
		return strings.TrimSpace(value), nil
	}
	b, err := os.ReadFile(file)
	if err != nil {
		return "", fmt.Errorf("%s_FILE: %s cannot be read: %w", name, file, cause(err))
	}
	if value = strings.TrimSpace(string(b)); value == "" {
		return "", fmt.Errorf("%s_FILE: %s is empty", name, file)
	}
	return value, nil
}

// secrets reads several secrets, or says the first that cannot be read.
func (e *env) secrets(names ...string) (map[string]string, error) {
	out := map[string]string{}
	for _, name := range names {
		value, err := e.secret(name)
		if err != nil {
			return nil, err
		}
		out[name] = value
	}
	return out, nil
}

// list is the value of a variable that holds several, with commas between.
func (e *env) list(name string) []string {
	var out []string
	for part := range strings.SplitSeq(e.getenv(name), ",") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}
