package access

import (
	"strings"

	"shouwang/internal/territory"
)

// Role is what somebody is at a place. Rights follow from the role and the place
// in policies.cedar; nothing is granted to a name.
type Role string

// The fourteen roles of the mission.
const (
	Commander    Role = "commander"
	Community    Role = "community"
	Gridworker   Role = "gridworker"
	Lead         Role = "lead"
	Buildinglead Role = "buildinglead"
	Helper       Role = "helper"
	Health       Role = "health"
	Property     Role = "property"
	Police       Role = "police"
	Department   Role = "department"
	Inspector    Role = "inspector"
	Resident     Role = "resident"
	Admin        Role = "admin"
	Auditor      Role = "auditor"
)

// RoleInfo says what a role is called, over which kind of place it is usually
// held, which face of the product it opens and how long its sessions last.
type RoleInfo struct {
	Role    Role
	ZH, EN  string
	At      territory.Kind // usual kind of place; others are possible
	Face    string         // "console", "field" or "resident"
	Session SessionRule
}

// Roles is the table of roles, in the order of the mission.
var Roles = []RoleInfo{
	{Commander, "街道指挥部", "Command officer", territory.Subdistrict, "console", command},
	{Community, "社区社工", "Community worker", territory.Community, "console", staff},
	{Gridworker, "网格员", "Grid worker", territory.Grid, "field", field},
	{Lead, "微网格长", "Micro-grid lead", territory.Microgrid, "field", field},
	{Buildinglead, "楼组长", "Building lead", territory.Building, "field", field},
	{Helper, "志愿者", "Volunteer", territory.Microgrid, "field", field},
	{Health, "医护人员", "Health worker", territory.Community, "console", staff},
	{Property, "物业", "Property and owners", territory.Grid, "field", field},
	{Police, "民警", "Police officer", territory.Community, "field", field},
	{Department, "部门联络员", "Department", territory.Subdistrict, "console", staff},
	{Inspector, "督查", "Inspector", territory.Subdistrict, "console", staff},
	{Resident, "居民", "Resident", territory.Door, "resident", resident},
	{Admin, "系统管理员", "System keeper", territory.City, "console", command},
	{Auditor, "审计员", "Auditor", territory.Subdistrict, "console", staff},
}

// Info returns the table row of a role; ok is false for a role nobody knows.
func (r Role) Info() (RoleInfo, bool) {
	for _, i := range Roles {
		if i.Role == r {
			return i, true
		}
	}
	return RoleInfo{}, false
}

// ParseRole reads a role's code, or says which there are.
func ParseRole(s string) (Role, error) {
	if _, ok := Role(s).Info(); ok {
		return Role(s), nil
	}
	var all []string
	for _, i := range Roles {
		all = append(all, string(i.Role))
	}
	return "", ErrUnknownRole.With(s, strings.Join(all, " "))
}
