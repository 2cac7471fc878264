package accesstest

import "shouwang/internal/access"

// Sample is one invented person as the fields of the mask table.
var Sample = map[access.Field]string{
	access.FieldName: "欧阳小明", access.FieldGender: "m", access.FieldBirth: "67",
	access.FieldPhone: "12912345678", access.FieldIDNumber: "99020319590101123X",
	access.FieldRoom: "长塘里3号楼2单元501", access.FieldRelation: "户主", access.FieldTenure: "own",
	access.FieldOrigin: "澄塘", access.FieldCare: "chronic", access.FieldIsolation: "yes",
	access.FieldPositive: "yes", access.FieldReadings: "37.9", access.FieldSources: "台账",
}

// SeenBy is, written by hand, what each role sees of the sample person at the
// places it holds, as text; a "+" at the end means that the field may be seen in
// clear with a purpose. For care the text is "group/need", "" when not shown.
var SeenBy = map[access.Role]map[access.Field]string{
	access.Commander: person("欧阳**", "m", "60–69", "**+", "**", "长塘里3号楼**", "**", "own", "**", "", "**+", "**", "**", "**"),
	access.Community: person("欧阳小明", "m", "67", "129****5678+", "****123X", "长塘里3号楼2单元501", "户主", "own", "澄塘", "+", "yes", "**+", "**", "台账"),
	access.Gridworker: person("欧阳小明", "m", "67", "12912345678", "****123X", "长塘里3号楼2单元501", "户主", "own", "澄塘",
		"chronic/knock long", "yes", "**", "**", "台账"),
	access.Lead: person("欧阳小明", "m", "67", "12912345678", "**", "长塘里3号楼2单元501", "户主", "own", "澄塘",
		"chronic/knock long", "yes", "**", "**", "台账"),
	access.Buildinglead: person("欧阳小明", "m", "60–69", "129****5678", "**", "长塘里3号楼2单元501", "户主", "own", "**", "/knock long", "**", "**", "**", "**"),
	access.Helper:       person("欧阳**", "**", "**", "**", "**", "长塘里3号楼2单元501", "**", "**", "**", "/knock long", "**", "**", "**", "**"),
	access.Health: person("欧阳小明", "m", "67", "12912345678", "**+", "长塘里3号楼2单元501", "户主", "own", "澄塘",
		"chronic/knock long", "yes", "yes", "37.9", "台账"),
	access.Property:   nothing,
	access.Police:     person("欧阳小明", "m", "67", "129****5678+", "****123X+", "长塘里3号楼2单元501", "户主", "own", "澄塘", "", "**", "**", "**", "**"),
	access.Department: nothing,
	access.Inspector:  nothing,
	access.Resident: person("欧阳小明", "m", "67", "12912345678", "****123X", "长塘里3号楼2单元501", "户主", "own", "澄塘",
		"chronic/knock long", "yes", "yes", "37.9", "台账"),
	access.Admin:   nothing,
	access.Auditor: nothing,
}

var nothing = person("**", "**", "**", "**", "**", "**", "**", "**", "**", "", "**", "**", "**", "**")

// person puts values to the fields in the order of access.Fields.
func person(values ...string) map[access.Field]string {
	out := map[access.Field]string{}
	for i, f := range access.Fields {
		out[f] = values[i]
	}
	return out
}
