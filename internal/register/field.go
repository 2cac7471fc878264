package register

// Fields are the names of a person's fields that a source may speak of, in the
// order they are shown.
var Fields = []string{"name", "gender", "birth", "relation", "id_number", "phone", "tenure", "origin", "care", "verified"}
