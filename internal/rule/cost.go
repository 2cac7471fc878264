package rule

import "strings"

// TooCostly says whether an evaluation was stopped because it passed MaxCost.
func TooCostly(err error) bool { return err != nil && strings.Contains(err.Error(), "cost limit") }
