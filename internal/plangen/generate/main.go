// Command generate is gqlgen with the plugin that writes plans beside its code. It is run in the
// folder of a gqlgen.yml, or below it.
package main

import (
	"fmt"
	"os"

	"github.com/99designs/gqlgen/api"
	"github.com/99designs/gqlgen/codegen/config"

	"tarikh/internal/plangen"
)

func main() {
	if err := generate(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

func generate() error {
	c, err := config.LoadConfigFromDefaultLocations()
	if err != nil {
		return err
	}
	return api.Generate(c, api.AddPlugin(plangen.New("tarikh/plan")))
}
