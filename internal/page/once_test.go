package page

import "testing"

// A label says its stairwell once, whatever else stands in brackets.
func TestOnce(t *testing.T) {
	for full, want := range map[string]string{
		"长塘社区 长塘里1号楼（2单元） 2单元 101": "长塘社区 长塘里1号楼 2单元 101",
		"长塘社区 长塘里1号楼（2单元）":         "长塘社区 长塘里1号楼（2单元）",
		"长塘社区 长塘里1号楼（2单元） 1单元 101": "长塘社区 长塘里1号楼（2单元） 1单元 101",
		"长塘社区 别墅（北区） 8":            "长塘社区 别墅（北区） 8",
		"长塘社区":                     "长塘社区",
	} {
		if got := once(full); got != want {
			t.Errorf("%s: %s", full, got)
		}
	}
}
