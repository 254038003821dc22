package doctor

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// MostSkew is how far this machine's clock may be off. Slack and Discord sign
// each request with its time, and one of another five minutes is refused, as
// somebody might have kept it; a minute is left for the way.
// https://docs.slack.dev/authentication/verifying-requests-from-slack
const MostSkew = 4 * time.Minute

// Clock asks the API at the address for its time, and returns how far this
// machine's clock is ahead of it. The token goes into the request as it stands,
// with its kind ("Bearer …", "Bot …"); "" leaves it out. An answer of any kind
// will do; the error says that none came, or one without a time.
func Clock(ctx context.Context, address, token string) (time.Duration, error) {
	res, err := call(ctx, http.MethodGet, address, token)
	if err != nil {
		return 0, err
	}
	if res.skew == nil {
		return 0, errors.New("doctor: the answer names no time")
	}
	return *res.skew, nil
}

// ClockFault is what a clock that is so far ahead means, and what to do; "" as
// long as it will do.
func ClockFault(ahead time.Duration) string {
	way := "ahead"
	if ahead < 0 {
		way = "behind"
	}
	off := ahead.Abs().Round(time.Second)
	if off < MostSkew {
		return ""
	}
	return fmt.Sprintf("this machine's clock is %v %s, and requests that are five minutes off are refused: set the clock, and keep it right by NTP (timedatectl set-ntp true)", off, way)
}

// skew is how far this machine's clock was ahead of the answer's, which is of
// some moment between asking and hearing, less a part of a second.
func skew(h http.Header, asked, heard time.Time) *time.Duration {
	theirs, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		return nil
	}
	ahead := asked.Add(heard.Sub(asked) / 2).Sub(theirs.Add(time.Second / 2))
	return &ahead
}
