package ident

import (
	"strings"
	"testing"
)

type check func(string) (string, Reason)

type checkCase struct {
	in   string
	want string
	why  Reason
}

func run(t *testing.T, name string, f check, cases []checkCase) {
	t.Helper()
	for _, c := range cases {
		got, why := f(c.in)
		if got != c.want || why != c.why {
			t.Errorf("%s(%q) = %q, %v; want %q, %v", name, c.in, got, why, c.want, c.why)
		}
		if why == OK { // a normal form is normal
			if again, why := f(got); again != got || why != OK {
				t.Errorf("%s(%q) = %q, %v: not a normal form", name, got, again, why)
			}
		}
	}
}

func TestNumbers(t *testing.T) {
	run(t, "SIREN", SIREN, []checkCase{
		{"200035814", "200035814", OK}, {"200 035 814", "200035814", OK}, {"200\u00a0035\u202f814", "200035814", OK},
		{"356000000", "356000000", OK}, {"200035815", "200035815", BadChecksum}, {"20003581", "20003581", TooShort},
		{"2000358140", "2000358140", TooLong}, {"20003581A", "20003581A", BadCharacter}, {"", "", Empty}, {" ", "", Empty},
		{"000000000", "000000000", BadChecksum}, {"00000000", "00000000", TooShort}, {"005880596", "005880596", OK}, {"05880596", "05880596", TooShort},
	})
	run(t, "SIRET", SIRET, []checkCase{
		{"35600000000048", "35600000000048", OK},              // La Poste's head office passes Luhn
		{"35600000049837", "35600000049837", OK},              // this one only La Poste's own rule
		{"35600000049838", "35600000049838", BadChecksum},     // neither
		{"5720093300042", "05720093300042", LostZero},         // real: a spreadsheet dropped the zero
		{"9678083800015", "09678083800015", LostZero},         // real
		{"05720093300042", "05720093300042", OK},              //
		{"09678083800015", "09678083800015", OK},              //
		{"057 200 933 00042", "05720093300042", OK},           //
		{"5720093300043", "5720093300043", TooShort},          // the zero would not prove it
		{"8,14E+13", "8,14E+13", BadCharacter},                // a spreadsheet's idea of a number
		{"81400000000000", "81400000000000", BadChecksum},     // and the same once repaired badly
		{"FR32200035814", "FR32200035814", BadCharacter},      // a VAT number
		{"200035814", "200035814", TooShort}, {"", "", Empty}, //
		{"572009330000421", "572009330000421", TooLong},            //
		{"00000000000000", "00000000000000", BadChecksum},          //
		{"5720093300\u066042", "5720093300\u066042", BadCharacter}, // an Arabic zero
	})
	run(t, "EPCI", EPCI, []checkCase{
		{"200035814", "200035814", OK}, {"356000000", "356000000", NotEPCI}, {"200035815", "200035815", BadChecksum},
	})
	run(t, "Commune", Commune, []checkCase{
		{"61169", "61169", OK}, {"62337", "62337", OK}, {"80314", "80314", OK}, {"2A004", "2A004", OK}, {"2b033", "2B033", OK},
		{"97411", "97411", OK}, {"97123", "97123", OK}, {"98818", "98818", OK}, {"75056", "75056", OK}, {"01004", "01004", OK},
		{"1004", "01004", LostZero}, {"20004", "20004", UnknownRegion}, {"96001", "96001", UnknownRegion}, {"97901", "97901", UnknownRegion},
		{"98501", "98501", UnknownRegion}, {"00123", "00123", UnknownRegion}, {"99100", "99100", UnknownRegion},
		{"61000", "61000", BadForm}, {"97400", "97400", BadForm}, {"2C001", "2C001", BadCharacter}, {"A2001", "A2001", BadCharacter},
		{"6116", "06116", LostZero}, {"611", "611", TooShort}, {"2A04", "2A04", TooShort}, {"611690", "611690", TooLong}, {"", "", Empty}, {"Flers", "FLERS", BadCharacter},
	})
	run(t, "Postcode", Postcode, []checkCase{
		{"61100", "61100", OK}, {"61 100", "61100", OK}, {"20000", "20000", OK}, {"00100", "00100", OK}, {"97400", "97400", OK},
		{"1000", "01000", LostZero}, {"99123", "99123", UnknownRegion}, {"F-61100", "F-61100", BadCharacter}, {"611000", "611000", TooLong}, {"", "", Empty},
	})
	run(t, "NAF", NAF, []checkCase{
		{"95.11Z", "95.11Z", OK}, {"9511Z", "95.11Z", OK}, {"95.11z", "95.11Z", OK}, {"10.71C", "10.71C", OK}, {"43.21AA", "43.21AA", OK},
		{"43.21", "43.21", TooShort}, {"9511", "95.11", TooShort}, {"95,11Z", "95,11Z", BadCharacter}, {"AB.11Z", "AB11Z", BadForm},
		{"95.1ZZ", "951ZZ", BadForm}, {"00.11Z", "0011Z", BadForm}, {"", "", Empty}, {"9511ZAB", "9511ZAB", TooLong}, {"9", "9", TooShort},
	})
	run(t, "NAFPrefix", NAFPrefix, []checkCase{
		{"43", "43", OK}, {"43.2", "43.2", OK}, {"432", "43.2", OK}, {"43.21", "43.21", OK}, {"43.21A", "43.21A", OK}, {"4", "4", TooShort}, {"", "", Empty},
	})
}

func TestPhone(t *testing.T) {
	for _, c := range []struct {
		in   string
		want Telephone
		why  Reason
	}{
		{"02 33 98 44 00", Telephone{E164: "+33233984400", National: "0233984400", Line: Fixed}, OK},
		{"02.33.98.44.00", Telephone{E164: "+33233984400", National: "0233984400", Line: Fixed}, OK},
		{"+33 (0)2 33 98 44 00", Telephone{E164: "+33233984400", National: "0233984400", Line: Fixed}, OK},
		{"0033233984400", Telephone{E164: "+33233984400", National: "0233984400", Line: Fixed}, OK},
		{"02\u00a033\u00a098\u00a044\u00a000", Telephone{E164: "+33233984400", National: "0233984400", Line: Fixed}, OK},
		{"233984400", Telephone{E164: "+33233984400", National: "0233984400", Line: Fixed}, LostZero},
		{"06 12 34 56 78", Telephone{E164: "+33612345678", National: "0612345678", Line: Mobile}, OK},
		{"+33712345678", Telephone{E164: "+33712345678", National: "0712345678", Line: Mobile}, OK},
		{"0912345678", Telephone{E164: "+33912345678", National: "0912345678", Line: Box}, OK},
		{"0 800 123 456", Telephone{E164: "+33800123456", National: "0800123456", Line: Special}, OK},
		{"0262 12 34 56", Telephone{E164: "+262262123456", National: "0262123456", Line: Fixed, Overseas: true}, OK},
		{"+262 692 12 34 56", Telephone{E164: "+262692123456", National: "0692123456", Line: Mobile, Overseas: true}, OK},
		{"+590 690 12 34 56", Telephone{E164: "+590690123456", National: "0690123456", Line: Mobile, Overseas: true}, OK},
		{"+262 590 12 34 56", Telephone{}, BadPrefix},
		{"3939", Telephone{National: "3939", Line: Short}, OK},
		{"118 218", Telephone{National: "118218", Line: Short}, OK},
		{"15", Telephone{National: "15", Line: Short}, OK},
		{"+44 20 7946 0000", Telephone{E164: "+442079460000", Line: Foreign}, OK},
		{"+33 3939", Telephone{}, TooShort},
		{"02 33 98 44", Telephone{}, TooShort},
		{"02 33 98 44 00 00", Telephone{}, TooLong},
		{"02 33 98 44 00 / 06 12 34 56 78", Telephone{}, TooLong},
		{"1234567", Telephone{}, BadPrefix},
		{"02 33 98 44 OO", Telephone{}, BadCharacter},
		{"+", Telephone{}, BadCharacter},
		{"", Telephone{}, Empty},
		{"+0123456789", Telephone{}, BadPrefix},
		{"+441", Telephone{}, TooShort},
		{"+4412345678901234", Telephone{}, TooLong},
	} {
		got, why := Phone(c.in)
		if got != c.want || why != c.why {
			t.Errorf("Phone(%q) = %+v, %v; want %+v, %v", c.in, got, why, c.want, c.why)
		}
		if why == OK && got.E164 != "" {
			if again, why := Phone(got.E164); again != got || why != OK {
				t.Errorf("Phone(%q) = %+v, %v; want %+v", got.E164, again, why, got)
			}
		}
	}
	if got := (Telephone{E164: "+33233984400"}).URI(); got != "tel:+33233984400" {
		t.Error(got)
	}
	if got := (Telephone{National: "3939"}).URI(); got != "tel:3939" {
		t.Error(got)
	}
}

func TestWeb(t *testing.T) {
	run(t, "Email", Email, []checkCase{
		{"contact@exemple.fr", "contact@exemple.fr", OK}, {" Jean.Dupont+flers@Exemple.FR ", "Jean.Dupont+flers@exemple.fr", OK},
		{"o'neil@exemple.co.uk", "o'neil@exemple.co.uk", OK}, {"contact@boulangerie-éclat.fr", "contact@boulangerie-éclat.fr", OK},
		{"Jean <jean@exemple.fr>", "jean@exemple.fr", DisplayName}, {"<jean@exemple.fr>", "jean@exemple.fr", DisplayName}, {"Jean <jean>", "Jean <jean>", BadCharacter},
		{"jean.exemple.fr", "jean.exemple.fr", NoAt}, {"jean@localhost", "jean@localhost", BadHost}, {"jean@exemple", "jean@exemple", BadHost},
		{"jean@exemple..fr", "jean@exemple..fr", BadHost}, {"jean@-exemple.fr", "jean@-exemple.fr", BadHost}, {"jean@1.2.3.4", "jean@1.2.3.4", BadHost}, {"jean@[1.2.3.4]", "jean@[1.2.3.4]", BadHost},
		{"jean dupont@exemple.fr", "jean dupont@exemple.fr", BadCharacter}, {"élan@exemple.fr", "élan@exemple.fr", BadCharacter}, {"a@b@exemple.fr", "a@b@exemple.fr", BadCharacter},
		{"a@exemple.fr, b@exemple.fr", "a@exemple.fr, b@exemple.fr", BadCharacter}, {"@exemple.fr", "@exemple.fr", TooShort}, {".a@exemple.fr", ".a@exemple.fr", BadForm}, {"a..b@exemple.fr", "a..b@exemple.fr", BadForm},
		{"", "", Empty}, {strings.Repeat("a", 65) + "@exemple.fr", strings.Repeat("a", 65) + "@exemple.fr", TooLong}, {"jean@exemple.fr.", "jean@exemple.fr.", BadHost},
	})
	run(t, "URL", URL, []checkCase{
		{"https://exemple.fr", "https://exemple.fr", OK}, {"HTTP://Exemple.FR/Chemin?a=1#b", "http://exemple.fr/Chemin?a=1#b", OK},
		{"https://exemple.fr:8443/x", "https://exemple.fr:8443/x", OK}, {"http://localhost:8080/", "http://localhost:8080/", OK}, {"https://1.2.3.4/", "https://1.2.3.4/", BadHost},
		{"https://boulangerie-éclat.fr/été", "https://boulangerie-éclat.fr/été", OK}, {"https://exemple.fr?x=a@b:c", "https://exemple.fr?x=a@b:c", OK},
		{"www.exemple.fr", "https://www.exemple.fr", NoScheme}, {"exemple.fr/page", "https://exemple.fr/page", NoScheme}, {"//exemple.fr/page", "https://exemple.fr/page", NoScheme}, {"exemple", "exemple", NoScheme}, {"exemple.fr?u=https://a.fr", "https://exemple.fr?u=https://a.fr", NoScheme},
		{"ftp://exemple.fr", "ftp://exemple.fr", BadScheme}, {"javascript:alert(1)", "javascript:alert(1)", BadScheme}, {"mailto:a@b.fr", "mailto:a@b.fr", BadScheme}, {"data:text/html,x", "data:text/html,x", BadScheme},
		{"https://", "https://", NoHost}, {"https:///x", "https:///x", NoHost}, {"https://:80/", "https://:80/", NoHost},
		{"https://jean:secret@exemple.fr/", "https://jean:secret@exemple.fr/", UserInfo}, {"https://exemple.fr@mal.fr/", "https://exemple.fr@mal.fr/", UserInfo},
		{"https://exemple", "https://exemple", BadHost}, {"https://exemple.fr:x/", "https://exemple.fr:x/", BadHost}, {"https://exemple.fr:99999/", "https://exemple.fr:99999/", BadHost}, {"https://exemple..fr/", "https://exemple..fr/", BadHost}, {"https://exemple.fr:/", "https://exemple.fr:/", BadHost},
		{"https://exemple.fr/a b", "https://exemple.fr/a b", BadCharacter}, {"https://exemple.fr/a\u00a0b", "https://exemple.fr/a\u00a0b", BadCharacter}, {"https://exemple.fr\\x", "https://exemple.fr\\x", BadCharacter}, {"https://exemple.fr/\"><script>", "https://exemple.fr/\"><script>", BadCharacter},
		{"https://exemple.fr/%zz", "https://exemple.fr/%zz", BadForm}, {"", "", Empty},
	})
}

func TestID(t *testing.T) {
	for id, want := range map[string]Reason{
		"aux-bles-d-or": OK, "a": OK, "2023": OK, "la-ferte-mace-61168": OK, "a--b": OK, "aux-": EdgeHyphen, "-x": EdgeHyphen, "-": EdgeHyphen,
		"": Empty, "Aux": BadCharacter, "a_b": BadCharacter, "é": BadCharacter, "a b": BadCharacter, "..": BadCharacter, "a/b": BadCharacter, "a.b": BadCharacter, "a\x00": BadCharacter,
		"aux": ReservedName, "con": ReservedName, "nul": ReservedName, "prn": ReservedName, "com1": ReservedName, "lpt9": ReservedName, "com0": ReservedName, "com10": OK, "conseil": OK, "com": OK,
		strings.Repeat("a", 100): OK, strings.Repeat("a", 101): TooLong,
	} {
		if got := ID(id); got != want {
			t.Errorf("ID(%q) = %v, want %v", id, got, want)
		}
	}
	for name, want := range map[string]bool{
		"CON": true, "con.txt": true, "Aux.tar.gz": true, "nul ": true, "nul .txt": true, "COM¹": true, "conin$": true, "console": false, "": false, ".con": false, "lptx": false,
	} {
		if got := Reserved(name); got != want {
			t.Errorf("Reserved(%q) = %v", name, got)
		}
	}
}

func TestShortCode(t *testing.T) {
	// See codes_test.go.
	for key, want := range shortCodes {
		programme, id, _ := strings.Cut(key, "/")
		if got := ShortCode(programme, id); got != want {
			t.Errorf("ShortCode(%q) = %q, want %q", key, got, want)
		}
		if why := ID(ShortCode(programme, id)); why != OK {
			t.Errorf("%q is no id: %v", want, why)
		}
	}
}

func TestReasonNames(t *testing.T) {
	seen := map[string]bool{}
	for r := OK; int(r) < len(reasonNames); r++ {
		if r.String() == "" || seen[r.String()] {
			t.Errorf("reason %d has no name of its own: %q", r, r)
		}
		seen[r.String()] = true
	}
	if len(reasonNames) != int(ReservedName)+1 || Reason(200).String() != "unknown" {
		t.Error("the names do not match the constants")
	}
}

func FuzzChecks(f *testing.F) {
	for _, s := range []string{"35600000049837", "5720093300042", "2A004", "95.11Z", "+33 (0)2 33 98 44 00", "Jean <a@b.fr>", "https://a.fr:80/x?y#z", "www.a.fr", "con", "\u00a0", "https://é.fr/%41"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for name, f := range map[string]check{"SIREN": SIREN, "SIRET": SIRET, "EPCI": EPCI, "Commune": Commune, "Postcode": Postcode, "NAF": NAF, "NAFPrefix": NAFPrefix, "Email": Email, "URL": URL} {
			normal, why := f(s)
			switch why {
			case OK, LostZero, NoScheme, DisplayName:
				// A normal form is normal; a guess is too, where there is one.
				again, whyAgain := f(normal)
				guess := why != OK && whyAgain != why && !(name == "EPCI" && whyAgain == NotEPCI)
				if again != normal || (why == OK || guess) && whyAgain != OK {
					t.Errorf("%s(%q) = %q, %v, but %s(%q) = %q, %v", name, s, normal, why, name, normal, again, whyAgain)
				}
			}
		}
		if tel, why := Phone(s); why == OK && tel.E164 != "" {
			if again, why := Phone(tel.E164); why != OK || again != tel {
				t.Errorf("Phone(%q) = %+v; from E.164 %+v, %v", s, tel, again, why)
			}
		}
		ID(s)
	})
}
