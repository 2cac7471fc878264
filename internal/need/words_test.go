package need

import (
	"strings"
	"testing"
)

// A refusal names every stage and every verb in words of its language, never by the key
// that the program knows them by.
func TestARefusalIsSaidInWords(t *testing.T) {
	for v := range stages {
		if w := verbWords[v]; w.ZH == "" || w.EN == "" {
			t.Errorf("%s has no words", v)
		}
	}
	if len(stageWords) != 7 {
		t.Errorf("%d stages", len(stageWords))
	}
	c := Case{Holder: "x"}
	err := Refused(&c, Accept)
	e, ok := err.(interface{ Text(string) string })
	if zh := e.Text("zh"); !ok || !strings.Contains(zh, "办理中") || !strings.Contains(zh, "接收") || strings.ContainsAny(zh, "abcdefghijklmnopqrstuvwxyz") {
		t.Error(zh)
	}
	if en := e.Text("en"); !strings.Contains(en, `"in hand"`) || !strings.Contains(en, `"accepted"`) {
		t.Error(en)
	}
}
