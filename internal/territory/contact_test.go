package territory

import "testing"

func TestCardIsChecked(t *testing.T) {
	for name, c := range map[string]struct {
		card Card
		good bool
	}{
		"empty":       {Card{}, true},
		"whole":       {Card{Phone: "8800 6100", English: "+86 21-88006112", AppealDays: 3, Updates: []string{"08:30", "20:00"}}, true},
		"words":       {Card{Phone: "call me"}, false},
		"long":        {Card{Complaints: "1234567890123456789012345"}, false},
		"days":        {Card{AppealDays: 61}, false},
		"no time":     {Card{Updates: []string{"8:30"}}, false},
		"past hour":   {Card{Updates: []string{"24:00"}}, false},
		"past minute": {Card{Updates: []string{"08:60"}}, false},
		"unsorted":    {Card{Updates: []string{"20:00", "08:30"}}, false},
	} {
		if err := c.card.Check(); (err == nil) != c.good {
			t.Errorf("%s: %v", name, err)
		}
	}
}
