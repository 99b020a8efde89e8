package resolvers

import (
	"context"
	"net/url"

	"tarikh/timeline"
)

// Addresses say where the service can be reached and which formats it writes.
type Addresses struct {
	Base    string   // scheme and host, such as https://tarikh.example
	Formats []string // names of formats, as they stand in addresses
}

type addressesKey struct{}

// WithAddresses puts into a context what exports need to name their addresses. Without
// it a selection has none.
func WithAddresses(ctx context.Context, a Addresses) context.Context {
	return context.WithValue(ctx, addressesKey{}, a)
}

// exportsOf are the addresses of a selection, one a format.
func exportsOf(ctx context.Context, where *timeline.EventWhere) []*timeline.Export {
	a, _ := ctx.Value(addressesKey{}).(Addresses)
	if a.Base == "" {
		return []*timeline.Export{}
	}
	exports := make([]*timeline.Export, 0, len(a.Formats))
	query := ""
	if selects := timeline.Canonical(where); selects != "{}" && selects != "null" {
		query = "?" + url.Values{"where": {selects}}.Encode()
	}
	for _, format := range a.Formats {
		exports = append(exports, &timeline.Export{Format: format, URL: timeline.URL(a.Base + "/export." + format + query)})
	}
	return exports
}
