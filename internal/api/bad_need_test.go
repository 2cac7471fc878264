package api_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"shouwang/internal/api"
	"shouwang/internal/api/apitest"
)

// Whatever is wrong with what is said of a need, a hand-over, an alarm, a medicine, a
// relative or a list is answered by a sentence with a code, and changes nothing.
func TestBadInputAboutNeeds(t *testing.T) {
	onEach(t, func(t *testing.T, w *apitest.World) {
		post := func(as, path string, body any) apitest.Call {
			return apitest.Call{As: as, Method: "POST", Path: path, Body: body}
		}
		door, there := w.Doors(apitest.Building)[0].ID, w.ID(apitest.Community2)
		day := func(n int) string { return w.Clock().AddDate(0, 0, n).Format(time.DateOnly) }
		kase, k := trip(w)
		held := "/custodies/" + k.ID
		w.Post("community", "/cases/"+kase+"/take", j{}).OK()
		w.Post("community", held+"/name", j{"leg": "wait", "to": "acc-community"}).OK()
		w.Post("community", held+"/give", j{"leg": "ride", "code": "4711"}).OK()
		var point api.PatrolPoint
		w.Post("community", "/points", j{"place_id": w.ID(apitest.Building), "item": "patrol", "name": "东门", "minutes": 120, "from": "08:00", "until": "20:00"}).OK(&point)
		mine := w.Post("community", "/cases", j{"item": "ask", "place_id": door, "words": "要一袋米"})
		mine.OK()
		again := post("community", "/cases", j{"item": "ask", "place_id": door, "words": "要两袋米"})
		again.Header = map[string]string{"Operation-Id": "one-number"}
		first := again
		first.Body = j{"item": "ask", "place_id": door, "words": "要一袋米"}
		w.Send(first).OK()

		rows := []string{"原编号,收到时间,地点编码,门户地址,事项,内容,姓名,联系电话,办理时限"}
		for i := range 501 {
			rows = append(rows, "HT-"+strconv.Itoa(i)+",,"+apitest.Door+",,medicine,降压药一盒,,,")
		}
		list := post("community", "/imports/cases", strings.Join(rows, "\n")+"\n")
		list.Header = map[string]string{"Content-Type": "application/octet-stream", "File-Name": "cases.csv"}
		dose := func(change j) apitest.Call {
			body := j{"medicine": "降压药 每日一次", "until": day(20), "reviewer": "acc-community"}
			for k, v := range change {
				body[k] = v
			}
			return post("community", "/residents/"+w.People[0].ID+"/dose", body)
		}
		kin := func(until string) apitest.Call {
			return post("community", "/places/"+door+"/kin", j{"name": "陈小明", "relation": "son", "purpose": "住在外地", "until": until})
		}
		if !strings.Contains(casesPage, "consent: P1D") {
			t.Fatal("the catalogue has no loop to be made")
		}
		refuse(t, w, []bad{
			{"a step that there is not", post("community", "/cases/"+kase+"/frobnicate", j{}), "SW-1003"},
			{"a step that its stage does not allow", post("community", "/cases/"+kase+"/accept", j{}), "SW-1011"},
			{"a leg that there is not", post("community", held+"/give", j{"leg": "moon", "to": "acc-gridworker"}), "SW-2302"},
			{"a half that there is not", post("community", held+"/sell", j{"leg": "ride"}), "SW-1003"},
			{"a forged receipt", post("gridworker", held+"/take", j{"leg": "ride", "code": "1234"}), "SW-2307"},
			{"a hand-over by who is not the keeper", post("gridworker", held+"/give", j{"leg": "ride", "to": "acc-community"}), "SW-2306"},
			{"a leg that is another's", post("gridworker", held+"/take", j{"leg": "hospital"}), "SW-2303"},
			{"an end that the leg does not have", post("community", held+"/end", j{"how": "home"}), "SW-2309"},
			{"another content under the same number", again, "SW-1802"},
			{"a pause that ends in the past", post("community", "/cases/"+kase+"/pause", j{"why": "weather", "until": day(-2)}), "SW-2407"},
			{"evidence too long", post("community", "/cases/"+kase+"/answer", j{"words": "办好了", "met_by": "community", "proof": strings.Repeat("证", 100_000)}), "SW-1001"},
			{"evidence too large", post("community", "/cases/"+kase+"/answer", j{"words": "办好了", "met_by": "community", "proof": strings.Repeat("证", 500_000)}), "SW-1002"},
			{"an answer by nobody known", post("community", "/cases/"+kase+"/answer", j{"words": "办好了", "met_by": "martians"}), "SW-2405"},
			{"a catalogue with a loop", post("community", "/playbooks/normal/overrides", j{"place_code": apitest.Community, "text": strings.Replace(casesPage, "consent: P1D", "consent: P1D, opens: case.wheelchair", 1)}), "SW-1431"},
			{"an item that there is not", post("community", "/cases", j{"item": "pony", "place_id": door, "words": "要一匹小马"}), "SW-2415"},
			{"a need at another's place", post("community", "/cases", j{"item": "ask", "place_id": there, "words": "要一袋米"}), "SW-1010"},
			{"an alarm at another's door", post("community", "/cases", j{"item": "alarm-ill", "place_id": w.Doors(apitest.Community2)[0].ID}), "SW-1010"},
			{"a list of one too many", list, "SW-2472"},
			{"a dose in the past", dose(j{"until": day(-1)}), "SW-2330"},
			{"a dose without a day", dose(j{"until": "soon"}), "SW-2330"},
			{"a dose nobody qualified looks at", dose(j{"reviewer": "acc-inspector"}), "SW-2332"},
			{"a finding of a kind that there is not", post("lead", "/points/"+point.ID+"/record", j{"outcome": "pony"}), "SW-1601"},
			{"a relative till yesterday", kin(day(-1)), "SW-2445"},
			{"a relative for ever", kin("2126-01-01"), "SW-2445"},
			{"a transfer that there is not", post("community", "/transfers/none/take", j{"custodies": []string{k.ID}, "leg": "ride"}), "SW-1010"},
			{"a key of a system till yesterday", post("commander", "/places/"+w.ID(apitest.Community)+"/outside-keys", j{"name": "热线", "place_ids": []string{w.ID(apitest.Community)}, "items": []string{"repair"}, "until": day(-1)}), "SW-2423"},
		})
	})
}
