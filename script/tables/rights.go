package main

import (
	"fmt"
	"os"
	"regexp"
	"strings"
)

const (
	policies = "internal/access/policies.cedar"
	maskFile = "internal/access/masks.txt"
)

var (
	policyID = regexp.MustCompile(`@id\("([a-z-]+)"\)`)
	actionID = regexp.MustCompile(`Action::"([a-z.]+)"`)
	roleID   = regexp.MustCompile(`(?:Held|Role)::"([a-z-]+)"`)
)

// actions is the table of actions by role, read from the policies.
func actions() (string, error) {
	raw, err := os.ReadFile(policies)
	if err != nil {
		return "", err
	}
	parts := strings.Split(string(raw), "@id(")
	if len(parts) < 2 {
		return "", fmt.Errorf("no policy in %s", policies)
	}
	roles, order := []string{}, []string{}
	may := map[string]map[string]string{}
	for _, part := range parts[1:] {
		id := policyID.FindStringSubmatch("@id(" + part)[1]
		mark := "●"
		holders := []string{id}
		if !strings.Contains(part, `resource in Held::"`+id+`"`) { // what has no place
			holders = nil
			for _, m := range roleID.FindAllStringSubmatch(part, -1) {
				holders = append(holders, m[1])
			}
			mark = "○"
		} else {
			roles = append(roles, id)
			if strings.Contains(part, "when {") {
				mark = "◐"
			}
		}
		for _, m := range actionID.FindAllStringSubmatch(part, -1) {
			if may[m[1]] == nil {
				may[m[1]] = map[string]string{}
				order = append(order, m[1])
			}
			for _, h := range holders {
				may[m[1]][h] = mark
			}
		}
	}
	var rows [][]string
	for _, a := range order {
		row := []string{"`" + a + "`"}
		for _, r := range roles {
			mark := may[a][r]
			if may[a]["signed-in"] != "" {
				mark = "○"
			}
			row = append(row, mark)
		}
		rows = append(rows, row)
	}
	return table(append([]string{"action"}, roles...), rows), nil
}

// masks is the table of fields by role.
func masks() (string, error) {
	raw, err := os.ReadFile(maskFile)
	if err != nil {
		return "", err
	}
	var head []string
	var rows [][]string
	for _, line := range strings.Split(string(raw), "\n") {
		cells := strings.Fields(line)
		if len(cells) == 0 || cells[0] == "#" || strings.HasPrefix(line, "#") {
			continue
		}
		if head == nil {
			head = cells
			continue
		}
		for i, c := range cells {
			if c == "hidden" {
				cells[i] = "—"
			}
		}
		rows = append(rows, cells)
	}
	if head == nil {
		return "", fmt.Errorf("no table in %s", maskFile)
	}
	return table(head, rows), nil
}
