package ident

// shortCodes were computed by another program than the one under test.
var shortCodes = map[string]string{
	"eco-defis/aux-bles-d-or":             "01tp802r",
	"eco-defis/l-eclat-d-oeuf":            "51gznxe6",
	"charte-ecoresponsable/aux-bles-d-or": "m221pkt9",
	"p/1":                                 "w25v004r",
}
