package main

import (
	"context"
	"errors"
	"net"
	"strings"

	"tarikh/timeline"
)

// listen takes the address.
func listen(ctx context.Context, addr string) (net.Listener, error) {
	if _, port, err := net.SplitHostPort(addr); err == nil && port == "" || addr == "" {
		// The library would take a free port, and of an empty address every network's.
		return nil, misuse("serve", "--addr: %q is no address such as 127.0.0.1:8080", addr)
	}
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", addr)
	if err == nil {
		return l, nil
	}
	var wrong *net.AddrError
	var unknown *net.DNSError
	switch {
	case errors.As(err, &wrong), errors.As(err, &unknown), strings.Contains(err.Error(), "unknown port"):
		return nil, misuse("serve", "--addr: %q is no address such as 127.0.0.1:8080", addr)
	case isInUse(err):
		return nil, timeline.Errorf(timeline.CodeUnavailable,
			"%s is in use by another program; choose another address with --addr", addr)
	case isForbidden(err):
		return nil, timeline.Errorf(timeline.CodeForbidden,
			"%s may not be listened on by this user; choose another address with --addr", addr)
	}
	return nil, timeline.Errorf(timeline.CodeUnavailable,
		"cannot listen on %s: %v; choose another address with --addr", addr, errors.Unwrap(err))
}
