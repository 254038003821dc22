package delivery

import (
	"errors"
	"net"
	"syscall"
)

// NotSent says whether the error of a call says that it surely did not reach
// the platform: a post that ended so is [Later] and not [Unsure].
func NotSent(err error) bool {
	if errors.Is(err, syscall.ECONNREFUSED) {
		return true
	}
	var op *net.OpError
	if errors.As(err, &op) && op.Op == "dial" {
		return true
	}
	var dns *net.DNSError
	return errors.As(err, &dns)
}
