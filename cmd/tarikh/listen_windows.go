package main

import (
	"errors"
	"syscall"
)

// The errors of Windows Sockets, for which Go's own EADDRINUSE does not stand.
const (
	wsaeacces     = syscall.Errno(10013)
	wsaeaddrinuse = syscall.Errno(10048)
)

// isInUse says whether another program listens on the address.
func isInUse(err error) bool { return errors.Is(err, wsaeaddrinuse) }

// isForbidden says whether this user may not listen on the address.
func isForbidden(err error) bool { return errors.Is(err, wsaeacces) }
