// Package plangen writes the generated half of package plan: a plugin of gqlgen that puts, beside
// gqlgen's own generated code, one function an object type over the very struct fields, methods and
// resolver methods that gqlgen binds. It keeps no list of fields: what gqlgen binds is what it gets.
//
// It says of every field whether it knows how to answer it just as gqlgen does. What it does not
// know (batch resolvers, maps, directives that run, fields that return a root) has no entry in the
// table, and an operation that selects it is left to gqlgen's executor.
package plangen

import (
	"errors"
	"fmt"
	"go/types"
	"path/filepath"
	"sort"
	"strings"

	"github.com/99designs/gqlgen/codegen"
	"github.com/99designs/gqlgen/codegen/config"
	"github.com/99designs/gqlgen/codegen/templates"
)

// Filename is what the plugin writes, in the folder of gqlgen's generated code.
const Filename = "plan.generated.go"

// New is the plugin. runtime is the import path of package plan.
func New(runtime string) *Plugin { return &Plugin{runtime} }

// Plugin implements gqlgen's plugin.CodeGenerator.
type Plugin struct{ runtime string }

// Name is the plugin's.
func (*Plugin) Name() string { return "plangen" }

// GenerateCode writes the file. Settings of gqlgen under which it generates other code than the
// plugin knows are errors.
func (p *Plugin) GenerateCode(d *codegen.Data) error {
	if d.QueryRoot == nil {
		return errors.New("plangen: the schema has no queries")
	}
	if d.Config.OmitPanicHandler || d.Config.UseFunctionSyntaxForExecutionContext {
		return errors.New("plangen: omit_panic_handler and use_function_syntax_for_execution_context are not known")
	}
	return templates.Render(templates.Options{
		PackageName:     d.Config.Exec.Package,
		Filename:        filepath.Join(d.Config.Exec.Dir(), Filename),
		Data:            &generator{data: d, runtime: p.runtime, written: map[string]bool{}},
		Template:        `{{ reserveImport "context" }}{{ reserveImport "fmt" }}{{ reserveImport "github.com/99designs/gqlgen/graphql" }}{{ reserveImport .Runtime }}{{ .Body }}`,
		GeneratedHeader: true,
		Packages:        d.Config.Packages,
	})
}

// generator collects the text of the file.
type generator struct {
	data    *codegen.Data
	runtime string
	text    strings.Builder
	written map[string]bool // functions of values that are written or will be
	left    []func()        // those that will be
	number  int             // of the field at hand
}

// Runtime is the import path of package plan.
func (g *generator) Runtime() string { return g.runtime }

// Body is the file after its imports.
func (g *generator) Body() string {
	objects := g.objects()
	g.schema()
	g.table(objects)
	g.host(objects)
	for _, o := range objects {
		g.object(o)
	}
	for len(g.left) > 0 {
		next := g.left[0]
		g.left = g.left[1:]
		next()
	}
	return g.text.String()
}

// put adds lines; %-verbs take a.
func (g *generator) put(format string, a ...any) { fmt.Fprintf(&g.text, format+"\n", a...) }

// ref is a type as the file calls it.
func (g *generator) ref(t types.Type) string { return templates.CurrentImports.LookupType(t) }

// objects are the types that queries can meet.
func (g *generator) objects() (all []*codegen.Object) {
	for _, o := range g.data.Objects {
		if o.IsMap() || strings.HasPrefix(o.Name, "__") || o.Root && o != g.data.QueryRoot {
			continue
		}
		all = append(all, o)
	}
	return all
}

// schema writes the constructor and the run.
func (g *generator) schema() {
	g.put(`
// NewPlannedSchema is NewExecutableSchema with queries answered from plans.
func NewPlannedSchema(cfg Config, o plan.Options) graphql.ExecutableSchema {
	stock := NewExecutableSchema(cfg).(*executableSchema)
	return plan.New(stock, planTable(), o, func(r *plan.Run) {
		x := &planRun{Run: r, ec: newExecutionContext(r.Operation(), stock, nil), resolvers: cfg.Resolvers}
		x.Ctx = x.withInputs(x.Ctx)
		x.o%[1]s(r.Root(x, %[1]q))
	})
}

// planRun is one answer being written.
type planRun struct {
	*plan.Run
	ec        *executionContext
	resolvers ResolverRoot
}

// withInputs puts into a context what reads input objects, as the executor does.
func (x *planRun) withInputs(ctx context.Context) context.Context {
	return graphql.WithUnmarshalerMap(ctx, graphql.BuildUnmarshalerMap(`, g.data.QueryRoot.Name)
	for _, in := range g.data.Inputs {
		if !in.HasUnmarshal() {
			g.put("x.ec.unmarshalInput%s,", in.Name)
		}
	}
	g.put("))\n}")
}

// table writes what package plan wants to know of the schema.
func (g *generator) table(objects []*codegen.Object) {
	g.put("\n// The numbers of the object types.\nconst (")
	for i, o := range objects {
		g.put("plan%s = %d", o.Name, i)
	}
	g.put(")\n\nfunc planTable() *plan.Table {\nreturn &plan.Table{\nQuery: plan%s,\nObjects: []plan.ObjectInfo{", g.data.QueryRoot.Name)
	number := 0
	for _, o := range objects {
		g.put("{Name: %q, Satisfies: %sImplementors, Fields: map[string]plan.FieldInfo{", o.Name, templates.LcFirst(o.Name))
		for _, f := range o.Fields {
			if known(f) {
				g.put("%q: {ID: %d, HasArgs: %t, IsMethod: %t, IsResolver: %t},", f.Name, number,
					len(f.Args) > 0, f.IsMethod() || f.IsResolver, f.IsResolver)
			}
			number++
		}
		g.put("}},")
	}
	g.put("},\nPossible: map[string][]int{")
	for _, name := range g.abstract() {
		g.put("%q: {", name)
		for _, o := range g.data.Schema.GetPossibleTypes(g.data.Schema.Types[name]) {
			g.put("plan%s,", o.Name)
		}
		g.put("},")
	}
	g.put("},\n}\n}")
}

// abstract are the names of the interfaces and unions.
func (g *generator) abstract() (names []string) {
	for name := range g.data.Interfaces {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// host writes plan.Host.
func (g *generator) host(objects []*codegen.Object) {
	g.put(`
// Coerce makes Go of a field's arguments.
func (x *planRun) Coerce(ctx context.Context, f *plan.Field, raw map[string]any) (map[string]any, error) {
	switch f.ID {`)
	number := 0
	for _, o := range objects {
		for _, f := range o.Fields {
			if known(f) && len(f.Args) > 0 {
				g.put("case %d:\nreturn x.ec.%s(ctx, raw)", number, f.ArgsFunc())
			}
			number++
		}
	}
	g.put(`}
	return nil, nil
}

// Child is gqlgen's context of a field below f.
func (x *planRun) Child(ctx context.Context, f *plan.Field, below graphql.CollectedField) (*graphql.FieldContext, error) {
	c := f.Collected()
	name := c.Definition.Type.Name()
	switch name {`)
	children := map[string]bool{}
	for _, c := range g.data.UniqueChildFieldTypes() {
		children[c.TypeName] = true
		if !strings.HasPrefix(c.TypeName, "__") {
			g.put("case %q:\nreturn x.ec.childFields_%s(ctx, below)", c.TypeName, c.TypeName)
		}
	}
	g.put(`}
	if len(c.Selections) > 0 {
		return nil, fmt.Errorf("FieldContext.Child cannot be called on type %%s", name)
	}
	return nil, fmt.Errorf("field of type %%s does not have child fields", name)
}`)
}

// known says whether the plugin answers a field just as gqlgen does.
func known(f *codegen.Field) bool {
	switch {
	case strings.HasPrefix(f.Name, "__"), f.IsMap(), f.IsBatch(), f.Stream, f.HasHaser,
		len(f.ImplDirectives()) > 0, f.TypeReference.IsRoot, f.HasFederationRequiresArg():
		return false
	}
	return knownType(f.TypeReference)
}

// knownType says whether the plugin writes the values of a type.
func knownType(t *config.TypeReference) bool {
	if t.Definition.Kind == "INPUT_OBJECT" || t.IsMap() && t.Definition.IsCompositeType() {
		return false
	}
	return t.Definition.IsCompositeType() || t.IsMarshaler || t.Marshaler != nil
}
