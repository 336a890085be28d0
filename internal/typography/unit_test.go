package typography

import "testing"

func TestWithUnit(t *testing.T) {
	for _, c := range []struct {
		lang               Language
		number, unit, want string
	}{
		{French, "12,6", "%", "12,6\u00a0%"},
		{French, "430", "€", "430\u00a0€"},
		{French, "42", "", "42"},
		{English, "12.6", "%", "12.6%"},
		{English, "15,300", "£", "£15,300"},
		{English, minus + "2", "$", minus + "$2"},
		{English, "7", "kWh", "7\u00a0kWh"},
	} {
		if got := WithUnit(c.lang, c.number, c.unit); got != c.want {
			t.Errorf("WithUnit(%s, %q, %q) = %q, want %q", c.lang, c.number, c.unit, got, c.want)
		}
	}
}
