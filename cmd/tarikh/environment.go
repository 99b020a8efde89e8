package main

import (
	"strings"

	"github.com/alecthomas/kong"
)

// variable is the environment variable that stands in for a flag.
func variable(flag string) string {
	return "TARIKH_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// resolve gives a flag that the command line leaves out the value of its variable. An empty
// variable counts as none, because a container's file of settings cannot unset one.
func (s *shell) resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	if flag.Name == "help" {
		return nil, nil
	}
	if value, set := s.env(variable(flag.Name)); set && value != "" {
		s.taken = append(s.taken, flag.Name)
		return value, nil
	}
	return nil, nil
}

// blame names the variable in a mistake about a flag that nobody typed.
func (s *shell) blame(message string) string {
	for _, flag := range s.taken {
		if rest, ok := strings.CutPrefix(message, "--"+flag+":"); ok {
			return variable(flag) + ":" + rest
		}
	}
	return message
}

// explainValue is the help of a flag or an argument: a flag's names its variable and, where
// there is one, its default.
func explainValue(v *kong.Value) string {
	if v.Flag == nil || v.Name == "help" {
		return v.Help
	}
	note := "$" + variable(v.Name)
	if v.HasDefault && v.Default != "" {
		note = v.Default + "; " + note
	}
	return v.Help + " (" + note + ")"
}
