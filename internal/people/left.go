package people

import "time"

// Leave is what stays of a helper who leaves: name and number as the record of
// service. What was private goes, and with it the key it was sealed under, which
// the caller destroys.
func Leave(h Helper, now time.Time) Helper {
	h.Left, h.Away, h.WorkPhone, h.Sealed = now, "left", "", Sealed{}
	h.Skills, h.Available, h.Hours, h.PersonID = nil, nil, 0, ""
	h.Consent, h.ConsentTo, h.Guarded = time.Time{}, "", time.Time{}
	return h
}

// Vacate takes a helper off a post.
func Vacate(p Post, helper, why string) Post {
	if p.HelperID == helper {
		p.HelperID, p.Pinned, p.Reason = "", false, why
	}
	if p.DeputyID == helper {
		p.DeputyID = ""
	}
	return p
}

// Missing lists what a helper's file still lacks, for whoever keeps the roll.
func Missing(h *Helper, now time.Time) []string {
	var out []string
	for _, x := range []struct {
		what string
		is   bool
	}{
		{"phone", len(h.Sealed.Phone) == 0 && h.WorkPhone == ""},
		{"birth", h.Birth == 0},
		{"consent", h.Consent.IsZero() && h.Kind == "volunteer"},
		{"guardian", h.Minor(now) && h.Guarded.IsZero()},
		{"hours", h.Hours == 0 && len(h.Available) == 0},
		{"skills", len(h.Skills) == 0 && h.Kind == "volunteer"},
	} {
		if x.is {
			out = append(out, x.what)
		}
	}
	return out
}
