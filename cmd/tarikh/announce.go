package main

import (
	"encoding/json"
	"fmt"
	"net"
	"strings"
)

// question is the one that a newcomer can paste.
const question = `{ events(where: {place: {within: ["timbuktu-region"]}, time: {from: "2012", to: "2025"}}) ` +
	`{ totalCount nodes { title(lang: "ar") { text } time { edtf } actors { name(lang: "ar") { text } } } } }`

// announce prints where the server answers and what to do next.
func announce(w *output, addr net.Addr) {
	base := baseURL(addr)
	w.printf(`Tarikh answers at %[1]s/graphql

What happened around Timbuktu from 2012 to 2025? Open the playground, where the question stands
ready, or paste the line into another terminal:

  %[1]s/graphiql/

  curl -s %[1]s/graphql -H 'content-type: application/json' -d '%[2]s'

Ctrl-C ends it.
`, base, body(question))
}

// baseURL is how a browser on this machine reaches the address: a listener on every interface
// has none of its own.
func baseURL(addr net.Addr) string {
	tcp, ok := addr.(*net.TCPAddr)
	if ok && tcp.IP.IsUnspecified() {
		return fmt.Sprintf("http://localhost:%d", tcp.Port)
	}
	return "http://" + addr.String()
}

// body is the JSON of a request, for a shell's single quotes.
func body(document string) string {
	text, err := json.Marshal(map[string]string{"query": document})
	if err != nil {
		panic("a map of strings does not marshal: " + err.Error())
	}
	return strings.ReplaceAll(string(text), "'", `'\''`)
}
