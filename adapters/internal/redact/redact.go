// Package redact takes out of errors what must stand in no log: what people
// wrote, and addresses that whoever has them can post with.
package redact

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
)

// JSON keeps where JSON was wrong and leaves out what stood there.
func JSON(err error) error {
	var typed *json.UnmarshalTypeError
	if errors.As(err, &typed) {
		return fmt.Errorf("%s cannot be a %s", typed.Field, typed.Value)
	}
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return fmt.Errorf("no JSON at byte %d", syntax.Offset)
	}
	return errors.New("no JSON")
}

// Address leaves out the address that a call was made to.
func Address(err error) error {
	var at *url.Error
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}
