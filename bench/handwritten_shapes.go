package bench

import (
	"tarikh/edtf"
	"tarikh/timeline"
)

// The shapes of the answer, member by member as the document asks for them.
type (
	named struct {
		Key  string `json:"key"`
		Name *word  `json:"name"`
	}
	word struct {
		Text string `json:"text"`
	}
	langText struct {
		Text string `json:"text"`
		Lang string `json:"lang"`
		Dir  string `json:"dir"`
	}
	bounds struct {
		Earliest *edtf.Day `json:"earliest"`
		Latest   *edtf.Day `json:"latest"`
	}
	when struct {
		EDTF      string `json:"edtf"`
		Display   string `json:"display"`
		Start     bounds `json:"start"`
		End       bounds `json:"end"`
		Precision string `json:"precision"`
	}
	place struct {
		Key       string          `json:"key"`
		Name      *word           `json:"name"`
		Kind      string          `json:"kind"`
		Point     *timeline.Point `json:"point"`
		Ancestors []named         `json:"ancestors"`
	}
	part struct {
		Role      string `json:"role"`
		Certainty string `json:"certainty"`
		Actor     struct {
			Key  string `json:"key"`
			Kind string `json:"kind"`
			Name *word  `json:"name"`
		} `json:"actor"`
	}
	figure struct {
		Low  *int `json:"low"`
		Best *int `json:"best"`
		High *int `json:"high"`
	}
	keyed struct {
		Key       string  `json:"key"`
		Publisher *string `json:"publisher"`
	}
	onlyKey struct {
		Key string `json:"key"`
	}
	claimed struct {
		Kind     string  `json:"kind"`
		Status   string  `json:"status"`
		Victims  *string `json:"victims"`
		Words    *string `json:"words"`
		Range    *figure `json:"range"`
		Claimant *named  `json:"claimant"`
		Source   *keyed  `json:"source"`
	}
	toll struct {
		Low         *int `json:"low"`
		Best        *int `json:"best"`
		High        *int `json:"high"`
		Open        bool `json:"open"`
		Contested   bool `json:"contested"`
		ClaimCount  int  `json:"claimCount"`
		SourceCount int  `json:"sourceCount"`
	}
	source struct {
		Key         string  `json:"key"`
		Publisher   *string `json:"publisher"`
		PublishedOn *string `json:"publishedOn"`
		Title       struct {
			Text string `json:"text"`
			Lang string `json:"lang"`
		} `json:"title"`
	}
	cited struct {
		Locator *string `json:"locator"`
		Source  onlyKey `json:"source"`
	}
	node struct {
		ID      string    `json:"id"`
		Key     string    `json:"key"`
		Title   *langText `json:"title"`
		Summary *langText `json:"summary"`
		Time    when      `json:"time"`
		Type    struct {
			Code  string `json:"code"`
			Label word   `json:"label"`
		} `json:"type"`
		Status       string    `json:"status"`
		Location     *place    `json:"location"`
		Participants []part    `json:"participants"`
		Claims       []claimed `json:"claims"`
		Casualties   *toll     `json:"casualties"`
		Sources      []source  `json:"sources"`
		Citations    []cited   `json:"citations"`
	}
	edge struct {
		Node *node `json:"node"`
	}
	page struct {
		Events struct {
			TotalCount int `json:"totalCount"`
			PageInfo   struct {
				HasNextPage     bool `json:"hasNextPage"`
				HasPreviousPage bool `json:"hasPreviousPage"`
			} `json:"pageInfo"`
			Edges []edge `json:"edges"`
		} `json:"events"`
	}
	around struct {
		Key    string `json:"key"`
		Events struct {
			Nodes []busy `json:"nodes"`
		} `json:"events"`
	}
	busy struct {
		Key    string  `json:"key"`
		Actors []actor `json:"actors"`
	}
	actor struct {
		Key    string `json:"key"`
		Name   *word  `json:"name"`
		Events struct {
			Nodes []brief `json:"nodes"`
		} `json:"events"`
	}
	brief struct {
		Key      string   `json:"key"`
		Time     onlyEDTF `json:"time"`
		Location *named   `json:"location"`
	}
	onlyEDTF struct {
		EDTF string `json:"edtf"`
	}
	histogram struct {
		Starts   []edtf.Day `json:"starts"`
		Possible []int      `json:"possible"`
		Keys     []string   `json:"keys"`
		Splits   [][]int    `json:"splits"`
	}
	facet struct {
		Key   string `json:"key"`
		Count int    `json:"count"`
		Label *word  `json:"label"`
		Node  struct {
			Kind string `json:"kind"`
		} `json:"node"`
	}
)
