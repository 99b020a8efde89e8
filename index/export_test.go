package index

// InPartsOf makes an image's parts no larger than n, so that tests of a few records have several.
func (i *Imager) InPartsOf(n int) { i.eventsMost, i.sourcesMost = n, n }
