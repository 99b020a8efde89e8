package index

import (
	"encoding/binary"
	"math"
	"strings"

	"tarikh/edtf"
	"tarikh/timeline"
)

// The facts of an event that no filter walks over by themselves are packed behind each other, those
// that are asked for most first: places, participants, citations, key, claims, tags, relations, id,
// refs. Whole numbers are varints (Protocol Buffers' encoding, by encoding/binary), words are
// numbers of the segment's words, ids are 17 bytes where they do not follow from the key.

// lexicon gives words their numbers.
type lexicon struct {
	words   []string
	numbers map[string]uint64
}

func newLexicon() *lexicon { return &lexicon{numbers: map[string]uint64{}} }

func (l *lexicon) number(word string) uint64 {
	n, ok := l.numbers[word]
	if !ok {
		n = uint64(len(l.words))
		l.words, l.numbers[word] = append(l.words, word), n
	}
	return n
}

// encoder appends the facts of events.
type encoder struct {
	b   []byte
	lex *lexicon
}

func (p *encoder) uint(n uint64) { p.b = binary.AppendUvarint(p.b, n) }
func (p *encoder) int(n int64)   { p.b = binary.AppendVarint(p.b, n) }
func (p *encoder) word(w string) { p.uint(p.lex.number(w)) }
func (p *encoder) float(f float64) {
	p.b = binary.LittleEndian.AppendUint64(p.b, math.Float64bits(f))
}

func (p *encoder) text(s string) {
	p.uint(uint64(len(s)))
	p.b = append(p.b, s...)
}

// mostPooled is how many words a segment numbers.
const mostPooled = 1 << 16

// pooled writes a text that may be frequent: as a word where it is one of the first of its kind, so
// that words cannot become as many as events.
func (p *encoder) pooled(s string) {
	if n, ok := p.lex.numbers[s]; ok || len(p.lex.words) < mostPooled {
		if !ok {
			n = p.lex.number(s)
		}
		p.uint(n<<1 | 1)
		return
	}
	p.uint(uint64(len(s)) << 1)
	p.b = append(p.b, s...)
}

// day writes a day by its distance from 2000.
func (p *encoder) day(d edtf.Day) {
	const year2000 = 10957
	switch d {
	case edtf.DistantPast:
		p.uint(0)
	case edtf.DistantFuture:
		p.uint(1)
	default:
		p.uint(2)
		p.int(int64(d) - year2000)
	}
}

func (p *encoder) event(e *Event) {
	p.uint(uint64(len(e.Places)))
	for i := range e.Places {
		p.place(&e.Places[i])
	}
	p.uint(uint64(len(e.Participants)))
	for i := range e.Participants {
		q := &e.Participants[i]
		p.uint(uint64(q.Actor))
		p.word(string(q.Role) + "\x00" + string(q.Certainty))
		p.pooled(q.Side)
	}
	p.uint(uint64(len(e.Citations)))
	for _, row := range e.Citations {
		p.uint(uint64(row))
	}
	p.text(e.Key)
	p.uint(uint64(len(e.Claims)))
	for i := range e.Claims {
		p.claim(&e.Claims[i], e.Key)
	}
	p.uint(uint64(len(e.Tags)))
	for _, tag := range e.Tags {
		p.pooled(tag)
	}
	p.uint(uint64(len(e.Relations)))
	for _, r := range e.Relations {
		p.word(string(r.Kind))
		p.uint(uint64(r.Event))
	}
	p.ownID(timeline.KindEvent, e.ID, e.Key)
	p.refs(e.ID, e.Key, e.Refs)
}

// The ways in which a place's point is kept.
const (
	noPoint    = iota
	microPoint // whole millionths of a degree
	fullPoint
)

func (p *encoder) place(q *Place) {
	p.uint(uint64(q.Location))
	p.word(string(q.Role) + "\x00" + string(q.Precision))
	p.point(q.Point)
}

func (p *encoder) point(at *timeline.Point) {
	if at == nil {
		p.uint(noPoint)
		return
	}
	lat, lon := micro(at.Lat), micro(at.Lon)
	if degrees(lat) == at.Lat && degrees(lon) == at.Lon {
		p.uint(microPoint)
		p.int(lat)
		p.int(lon)
		return
	}
	p.uint(fullPoint)
	p.float(at.Lat)
	p.float(at.Lon)
}

func micro(degrees float64) int64 { return int64(math.Round(degrees * 1e6)) }
func degrees(micro int64) float64 { return float64(micro) / 1e6 }

func (p *encoder) claim(c *Claim, key string) {
	included := ""
	if c.Included {
		included = "included"
	}
	p.word(strings.Join([]string{string(c.Kind), string(c.Status), included}, "\x00"))
	p.uint(uint64(c.Source))
	p.uint(uint64(c.Claimant))
	p.uint(uint64(c.Responsible))
	p.uint(uint64(c.VictimActor))
	p.pooled(c.Victims)
	p.pooled(c.Counts)
	p.int(int64(c.Low))
	p.int(int64(c.Best) - int64(c.Low))
	p.int(int64(c.High) - int64(c.Low))
	p.day(c.ReportedOn)
	p.datasetRow(c.DatasetRow, key)
	p.pooled(c.Vintage)
	p.day(c.Created)
	p.id(c.ID)
}

// datasetRow writes the row of a dataset that makes a claim by how much of the event's key it is the
// end of (204703 of ucdp-204703), else as it is.
func (p *encoder) datasetRow(row, key string) {
	if row != "" && strings.HasSuffix(key, row) {
		p.uint(uint64(len(row))<<1 | 1)
		return
	}
	p.uint(uint64(len(row)) << 1)
	p.b = append(p.b, row...)
}

// datasetRow reads what was written so.
func (d *decoder) datasetRow(key string) string {
	n := d.uint()
	if n&1 == 1 {
		return key[len(key)-int(n>>1):]
	}
	return d.bytes(int(n >> 1))
}

// refs writes the refs besides id and key. An imported record's identifier is its key with another
// sign (ucdp:204703 and ucdp-204703): then that is all that is written.
func (p *encoder) refs(id, key string, refs []string) {
	n := 0
	for _, ref := range refs {
		if ref != id && ref != key {
			n++
		}
	}
	p.uint(uint64(n))
	for _, ref := range refs {
		switch ref {
		case id, key:
		case identifierOf(key):
			p.uint(0)
		default:
			p.uint(uint64(len(ref)) + 1)
			p.b = append(p.b, ref...)
		}
	}
}

// identifierOf is the identifier that a key was made of, if it was.
func identifierOf(key string) string { return strings.Replace(key, "-", ":", 1) }

// refs reads the refs of a record after its id and key.
func (d *decoder) refs(into []string, id, key string) []string {
	into = append(into, id, key)
	for range d.uint() {
		if n := d.uint(); n > 0 {
			into = append(into, d.bytes(int(n-1)))
		} else {
			into = append(into, identifierOf(key))
		}
	}
	return into
}

// id writes an id of the usual form (see timeline.NewID) as the two letters of its kind and its 130
// bits, right-aligned in 17 bytes; their first byte is less than 4. Any other is written as it is.
func (p *encoder) id(id string) {
	if bits, ok := packID(id); ok {
		p.word(id[:3])
		p.b = append(p.b, bits[:]...)
		return
	}
	p.word("")
	p.text(id)
}

// The words that stand for ids which follow from something else (see timeline.DeriveID); no prefix of
// an id is like them.
const (
	ofIdentifier = "identifier"
	ofKey        = "key"
)

// ownID writes the id of a record, as what it was derived from where it was.
func (p *encoder) ownID(kind timeline.Kind, id, key string) {
	switch id {
	case timeline.DeriveID(kind, identifierOf(key)):
		p.word(ofIdentifier)
	case timeline.DeriveID(kind, key):
		p.word(ofKey)
	default:
		p.id(id)
	}
}

// ownID reads what was written so.
func (d *decoder) ownID(kind timeline.Kind, key string) string {
	switch prefix := d.word(); prefix {
	case ofIdentifier:
		return timeline.DeriveID(kind, identifierOf(key))
	case ofKey:
		return timeline.DeriveID(kind, key)
	default:
		return d.idAfter(prefix)
	}
}

const (
	crockford = "0123456789abcdefghjkmnpqrstvwxyz"
	idLetters = 26
	idBytes   = 17
)

func packID(id string) (bits [idBytes]byte, ok bool) {
	if len(id) != 3+idLetters || id[2] != '_' {
		return bits, false
	}
	var acc, n uint
	acc, n = 0, 6 // six zero bits first: 136 - 130
	at := 0
	for i := 3; i < len(id); i++ {
		v := strings.IndexByte(crockford, id[i])
		if v < 0 {
			return bits, false
		}
		acc, n = acc<<5|uint(v), n+5
		for n >= 8 {
			bits[at] = byte(acc >> (n - 8))
			at, n = at+1, n-8
		}
	}
	return bits, true
}

func unpackID(prefix string, bits []byte) string {
	var letters [3 + idLetters]byte
	copy(letters[:], prefix)
	acc, n, at := uint(bits[0]), uint(2), 1
	for i := 3; i < len(letters); i++ {
		if n < 5 {
			acc, n, at = acc<<8|uint(bits[at]), n+8, at+1
		}
		letters[i] = crockford[acc>>(n-5)&31]
		n -= 5
	}
	return string(letters[:])
}

// decoder reads what an encoder wrote. It trusts the bytes: those of a file have been checked by
// their sum.
type decoder struct {
	words []string
	b     []byte
}

func (d *decoder) uint() uint64 {
	if v := d.b[0]; v < 0x80 {
		d.b = d.b[1:]
		return uint64(v)
	}
	n, size := binary.Uvarint(d.b)
	d.b = d.b[size:]
	return n
}

func (d *decoder) int() int64 {
	n := d.uint()
	return int64(n>>1) ^ -int64(n&1)
}

func (d *decoder) word() string { return d.words[d.uint()] }

func (d *decoder) text() string { return d.bytes(int(d.uint())) }

func (d *decoder) bytes(n int) string {
	s := string(d.b[:n])
	d.b = d.b[n:]
	return s
}

func (d *decoder) skip(n int) { d.b = d.b[n:] }

func (d *decoder) pooled() string {
	n := d.uint()
	if n&1 == 1 {
		return d.words[n>>1]
	}
	return d.bytes(int(n >> 1))
}

func (d *decoder) skipPooled() {
	if n := d.uint(); n&1 == 0 {
		d.skip(int(n >> 1))
	}
}

func (d *decoder) float() float64 {
	f := math.Float64frombits(binary.LittleEndian.Uint64(d.b))
	d.skip(8)
	return f
}

func (d *decoder) day() edtf.Day {
	const year2000 = 10957
	switch d.uint() {
	case 0:
		return edtf.DistantPast
	case 1:
		return edtf.DistantFuture
	}
	return edtf.Day(d.int() + year2000)
}

func (d *decoder) id() string { return d.idAfter(d.word()) }

func (d *decoder) idAfter(prefix string) string {
	if prefix == "" {
		return d.text()
	}
	bits := d.b[:idBytes]
	d.skip(idBytes)
	return unpackID(prefix, bits)
}

func (d *decoder) skipID() {
	if d.word() == "" {
		d.skip(int(d.uint()))
		return
	}
	d.skip(idBytes)
}

// event reads the wanted facts of an event, up to the last of them.
func (d *decoder) event(e *Event, w want) {
	e.Places = e.Places[:0]
	for range d.uint() {
		e.Places = append(e.Places, Place{})
		d.place(&e.Places[len(e.Places)-1])
	}
	if w &^= wantPlaces; w == 0 {
		return
	}
	e.Participants = e.Participants[:0]
	for range d.uint() {
		actor := int64(d.uint())
		role, certainty, _ := strings.Cut(d.word(), "\x00")
		e.Participants = append(e.Participants, Participant{Actor: actor, Role: timeline.ParticipantRole(role),
			Certainty: timeline.Certainty(certainty), Side: d.pooled()})
	}
	if w &^= wantParticipants; w == 0 {
		return
	}
	e.Citations = e.Citations[:0]
	for range d.uint() {
		e.Citations = append(e.Citations, int64(d.uint()))
	}
	if w &^= wantCitations; w == 0 {
		return
	}
	if w&(wantClaims|wantID|wantRefs) != 0 {
		e.Key = d.text()
	} else {
		d.skip(int(d.uint()))
	}
	e.Claims = e.Claims[:0]
	for range d.uint() {
		e.Claims = append(e.Claims, Claim{})
		d.claim(&e.Claims[len(e.Claims)-1], w&wantClaims != 0, e.Key)
	}
	if w &^= wantClaims | wantSources; w == 0 {
		return
	}
	e.Tags = e.Tags[:0]
	for range d.uint() {
		e.Tags = append(e.Tags, d.pooled())
	}
	if w &^= wantTags; w == 0 {
		return
	}
	e.Relations = e.Relations[:0]
	for range d.uint() {
		e.Relations = append(e.Relations, EventRelation{
			Kind: timeline.EventRelationKind(d.word()), Event: int64(d.uint())})
	}
	if w &^= wantRelations; w == 0 {
		return
	}
	e.ID = d.ownID(timeline.KindEvent, e.Key)
	if w &^= wantID; w == 0 {
		return
	}
	e.Refs = d.refs(e.Refs[:0], e.ID, e.Key)
}

func (d *decoder) place(p *Place) {
	p.Location = int64(d.uint())
	role, precision, _ := strings.Cut(d.word(), "\x00")
	p.Role, p.Precision = timeline.PlaceRole(role), timeline.PlacePrecision(precision)
	p.Point = d.point()
}

func (d *decoder) point() *timeline.Point {
	switch d.uint() {
	case microPoint:
		return &timeline.Point{Lat: degrees(d.int()), Lon: degrees(d.int())}
	case fullPoint:
		return &timeline.Point{Lat: d.float(), Lon: d.float()}
	}
	return nil
}

// claim reads a claim, its texts and id only where the whole of it is wanted.
func (d *decoder) claim(c *Claim, whole bool, key string) {
	kind, rest, _ := strings.Cut(d.word(), "\x00")
	status, included, _ := strings.Cut(rest, "\x00")
	c.Kind, c.Status, c.Included = timeline.ClaimKind(kind), timeline.ClaimStatus(status), included != ""
	c.Source, c.Claimant, c.Responsible, c.VictimActor =
		int64(d.uint()), int64(d.uint()), int64(d.uint()), int64(d.uint())
	if !whole {
		d.skipPooled()
		d.skipPooled()
		d.int()
		d.int()
		d.int()
		d.day()
		d.skipPooled() // the dataset's row is written alike
		d.skipPooled()
		d.day()
		d.skipID()
		return
	}
	c.Victims, c.Counts = d.pooled(), d.pooled()
	low := d.int()
	c.Low, c.Best, c.High = int(low), int(low+d.int()), int(low+d.int())
	c.ReportedOn = d.day()
	c.DatasetRow, c.Vintage, c.Created = d.datasetRow(key), d.pooled(), d.day()
	c.ID = d.id()
}
