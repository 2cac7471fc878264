package need

import "testing"

// One telephone has one form however it is written down; other numbers are none.
func TestPhoneIn(t *testing.T) {
	for said, want := range map[string]string{
		"12900000001": "12900000001", "陈某 129-0000-0001": "12900000001", "＋８６ １２９ ００００ ０００１": "12900000001", "008612900000001（晚上）": "12900000001", "86-129 0000 0001": "12900000001",
		"女儿12900000001或12900000002": "12900000001", "家里 0571-8765 4321，手机 12900000003": "12900000003", "0571 87654321": "057187654321", "87654321": "87654321", "8765432": "8765432",
		"": "", "敲门": "", "3-602": "", "110105194912310021": "", "微信 chen1990": "", "260483217": "",
	} {
		if got := PhoneIn(said); got != want {
			t.Errorf("%q: %q, want %q", said, got, want)
		}
	}
}
