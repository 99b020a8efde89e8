package server

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
	"time"
)

func from(address string, forwarded ...string) *http.Request {
	r := httptest.NewRequest(http.MethodGet, "/graphql", nil)
	r.RemoteAddr = address
	for _, f := range forwarded {
		r.Header.Add("X-Forwarded-For", f)
	}
	return r
}

func limitedTo(perSecond, burst int, now *time.Time) *clients {
	l := DefaultLimits()
	l.Rate, l.Burst = perSecond, burst
	return newClients(l, []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")},
		func() time.Time { return *now })
}

func TestAClientIsRefusedAfterItsBurstAndWelcomeAgainLater(t *testing.T) {
	now := time.Unix(0, 0)
	c := limitedTo(2, 3, &now)
	for i := range 3 {
		if c.admit(from("192.0.2.1:1")) != nil {
			t.Fatalf("request %d refused", i)
		}
	}
	r := c.admit(from("192.0.2.1:2"))
	if r == nil || r.status != 429 || r.code() != "RATE_LIMITED" || r.after != 500*time.Millisecond {
		t.Fatalf("%+v", r)
	}
	if c.admit(from("192.0.2.2:1")) != nil {
		t.Error("another client pays for it")
	}
	now = now.Add(500 * time.Millisecond)
	if c.admit(from("192.0.2.1:1")) != nil {
		t.Error("refused after the time that it was told")
	}
}

func TestTheSameMachineIsNotLimited(t *testing.T) {
	now := time.Unix(0, 0)
	c := limitedTo(1, 1, &now)
	for range 100 {
		for _, a := range []string{"127.0.0.1:1", "[::1]:1", "[::ffff:127.0.0.1]:1"} {
			if c.admit(from(a)) != nil {
				t.Fatal(a)
			}
		}
	}
}

func TestOneSubscriberOfIPv6IsOneClient(t *testing.T) {
	now := time.Unix(0, 0)
	c := limitedTo(1, 1, &now)
	if c.admit(from("[2001:db8::1]:1")) != nil || c.admit(from("[2001:db8::2]:1")) == nil {
		t.Error("two addresses of one /64")
	}
	if c.admit(from("[2001:db8:0:1::1]:1")) != nil {
		t.Error("another /64")
	}
}

func TestOnlyBelievedProxiesSayForWhomTheySpeak(t *testing.T) {
	now := time.Unix(0, 0)
	c := limitedTo(1, 1, &now)
	for _, test := range []struct {
		peer      string
		forwarded []string
		want      string
	}{
		{"10.0.0.1:1", []string{"192.0.2.9"}, "192.0.2.9"},
		{"10.0.0.1:1", []string{"198.51.100.1, 192.0.2.9"}, "192.0.2.9"},
		{"10.0.0.1:1", []string{"192.0.2.9", "10.0.0.2"}, "192.0.2.9"},
		{"10.0.0.1:1", []string{"nonsense"}, "10.0.0.1"},
		{"10.0.0.1:1", nil, "10.0.0.1"},
		{"203.0.113.1:1", []string{"192.0.2.9"}, "203.0.113.1"},
	} {
		if got := c.address(from(test.peer, test.forwarded...)); got.String() != test.want {
			t.Errorf("%s %v: %s, want %s", test.peer, test.forwarded, got, test.want)
		}
	}
}
