package redistest

import (
	"os/exec"
	"syscall"
)

// dieWithUs has the process killed when this one ends, however it ends.
func dieWithUs(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }
