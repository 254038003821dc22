package main

import (
	"fmt"
	"os"
	"strings"

	"careerbot/adapters/slack/install"
)

// secret is text that is shown nowhere, however it is printed, logged or
// encoded.
type secret = install.Secret

// secret is the value of a variable that may also stand in a file: NAME, or
// what the file that NAME_FILE names holds, without white space around it.
// Neither set is no secret.
func (e *env) secret(name string) (secret, error) {
	value, file := e.getenv(name), e.getenv(name+"_FILE")
	switch {
	case value != "" && file != "":
		return secret{}, fmt.Errorf("%s and %s_FILE are both set: keep one", name, name)
	case file == "":
		return install.NewSecret(strings.TrimSpace(value)), nil
	}
	b, err := os.ReadFile(file)
	if err != nil {
		return secret{}, fmt.Errorf("%s_FILE: %s cannot be read: %w; name a file that the program may read", name, file, cause(err))
	}
	if value = strings.TrimSpace(string(b)); value == "" {
		return secret{}, fmt.Errorf("%s_FILE: %s is empty; write the secret into it", name, file)
	}
	return install.NewSecret(value), nil
}

// secrets reads several secrets, or says the first that cannot be read.
func (e *env) secrets(names ...string) (map[string]secret, error) {
	out := map[string]secret{}
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
func (e *env) list(name string) []string { return separated(e.getenv(name)) }

func separated(value string) []string {
	var out []string
	for part := range strings.SplitSeq(value, ",") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}
