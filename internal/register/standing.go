package register

// Standing is a source record without the fields that it no longer wins: what was
// typed long ago and since corrected by another source must not come back because
// the same officer types another field today.
func Standing(p *Person, src Source) (Source, error) {
	f, err := ReadFacts(src.Fields)
	if err != nil {
		return src, err
	}
	for field, v := range map[string]*string{"name": &f.Name, "gender": &f.Gender, "birth": &f.Birth, "relation": &f.Relation, "origin": &f.Origin,
		"id_number": &f.IDNumber, "phone": &f.Phone, "tenure": &f.Tenure, "door": &f.Door} {
		if p.Won[field].Source != src.ID {
			*v = ""
		}
	}
	if p.Won["care"].Source != src.ID {
		f.Care, f.Groups, f.Needs = nil, "", ""
	}
	src.Fields = f.JSON()
	return src, nil
}
