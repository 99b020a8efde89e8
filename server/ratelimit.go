package server

import (
	"net/http"
	"net/netip"
	"strings"
	"time"

	"golang.org/x/time/rate"

	"tarikh/internal/lru"
	"tarikh/timeline"
)

// clients limits how often each client asks. It knows so many of them and forgets
// the one seen longest ago.
type clients struct {
	rate    rate.Limit
	burst   int
	proxies []netip.Prefix
	now     func() time.Time
	known   *lru.Cache[string, *rate.Limiter]
}

func newClients(l Limits, proxies []netip.Prefix, now func() time.Time) *clients {
	return &clients{rate: rate.Limit(l.Rate), burst: l.Burst, proxies: proxies, now: now,
		known: lru.New[string, *rate.Limiter](l.Clients)}
}

// admit counts a request of a client and refuses it when it comes too soon.
func (c *clients) admit(r *http.Request) *refusal {
	from := c.address(r)
	if c.rate == 0 || !from.IsValid() || from.IsLoopback() {
		return nil
	}
	limiter := c.known.GetOrPut(household(from), 1, func() *rate.Limiter {
		return rate.NewLimiter(c.rate, c.burst)
	})
	now := c.now()
	turn := limiter.ReserveN(now, 1)
	if after := turn.DelayFrom(now); after > 0 {
		turn.CancelAt(now) // what is refused uses nothing up
		refused := refuse(http.StatusTooManyRequests, timeline.CodeRateLimited,
			"more than %d requests a second", int(c.rate))
		refused.after, refused.sized = after, "rate"
		return refused
	}
	return nil
}

// address is who sent a request: the peer, or whom believed proxies say they speak
// for. X-Forwarded-For is read from its end, where the nearest proxy wrote; what
// stands before the first stranger could be anybody's invention.
func (c *clients) address(r *http.Request) netip.Addr {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	from := peer.Addr().Unmap()
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && c.believed(from); i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		from = hop.Unmap()
	}
	return from
}

func (c *clients) believed(a netip.Addr) bool {
	for _, p := range c.proxies {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

// household is what counts as one client: an IPv4 address, or the 64 bits of an IPv6
// address that one subscriber is given at least (RFC 6177).
func household(a netip.Addr) string {
	if a.Is4() {
		return a.String()
	}
	p, err := a.WithZone("").Prefix(64)
	if err != nil {
		return a.String()
	}
	return p.String()
}
