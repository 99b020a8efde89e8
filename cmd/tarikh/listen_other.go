//go:build !windows

package main

import (
	"errors"
	"syscall"
)

// isInUse says whether another program listens on the address.
func isInUse(err error) bool { return errors.Is(err, syscall.EADDRINUSE) }

// isForbidden says whether this user may not listen on the address.
func isForbidden(err error) bool { return errors.Is(err, syscall.EACCES) }
