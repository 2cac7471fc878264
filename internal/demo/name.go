package demo

// naming draws invented names; era follows the year of birth.
type naming struct{ dice }

func (n naming) surname() string {
	if n.chance(.006) {
		return pick(n.dice, list("compound"))
	}
	return pick(n.dice, list("surname"))
}

// given draws one or two syllables of the generation, now and then a rare one.
func (n naming) given(female bool, born day) string {
	key := "m-"
	if female {
		key = "f-"
	}
	switch year := born.time().Year(); {
	case year < 1962:
		key += "old"
	case year < 1998:
		key += "mid"
	default:
		key += "new"
	}
	syllable := func() string {
		if n.chance(.012) {
			return pick(n.dice, list("rare"))
		}
		return pick(n.dice, list(key))
	}
	first := syllable()
	if n.chance(.22) {
		return first
	}
	return first + syllable()
}

// whole returns a full name, given the surname of the family.
func (n naming) whole(surname string, female bool, born day) string {
	return surname + n.given(female, born)
}

func (n naming) minority() string { return pick(n.dice, list("minority")) }

func (n naming) foreign() string {
	return pick(n.dice, list("foreign-first")) + " " + pick(n.dice, list("foreign-last"))
}
