package app

import (
	"strings"

	"shouwang/internal/fault"
)

// ErrDistrict says that a code cannot be one of the statistics' codes.
var ErrDistrict = fault.Define(fault.Invalid, "SW-2040",
	"“{0}”不像统计用区划代码：区县 6 位、街道 9 位（或补 000 到 12 位）、社区 12 位，前两位是省级代码。没有建立任何东西。",
	"{0} is no statistical division code: 6 digits for a district, 9 (or 12 ending in 000) for a subdistrict, 12 for a community, beginning with a province. Nothing was made.")

// Division is one line of the small table of codes that the program carries: there
// may be no network where it is set up.
type Division struct {
	Code, Name string
}

// divisions are the provinces and the larger cities by the beginning of their codes
// (GB/T 2260).
var divisions = func() (out []Division) {
	const table = "11 北京市,12 天津市,13 河北省,1301 石家庄市,1302 唐山市,14 山西省,1401 太原市,15 内蒙古自治区,1501 呼和浩特市,21 辽宁省,2101 沈阳市,2102 大连市," +
		"22 吉林省,2201 长春市,23 黑龙江省,2301 哈尔滨市,31 上海市,32 江苏省,3201 南京市,3202 无锡市,3203 徐州市,3204 常州市,3205 苏州市,3206 南通市," +
		"33 浙江省,3301 杭州市,3302 宁波市,3303 温州市,3304 嘉兴市,3305 湖州市,3306 绍兴市,3307 金华市,3308 衢州市,3309 舟山市,3310 台州市,3311 丽水市," +
		"34 安徽省,3401 合肥市,35 福建省,3501 福州市,3502 厦门市,3505 泉州市,36 江西省,3601 南昌市,37 山东省,3701 济南市,3702 青岛市,3706 烟台市," +
		"41 河南省,4101 郑州市,4103 洛阳市,42 湖北省,4201 武汉市,4205 宜昌市,43 湖南省,4301 长沙市,44 广东省,4401 广州市,4403 深圳市,4404 珠海市,4406 佛山市,4419 东莞市," +
		"45 广西壮族自治区,4501 南宁市,46 海南省,4601 海口市,50 重庆市,51 四川省,5101 成都市,52 贵州省,5201 贵阳市,53 云南省,5301 昆明市,54 西藏自治区,5401 拉萨市," +
		"61 陕西省,6101 西安市,62 甘肃省,6201 兰州市,63 青海省,6301 西宁市,64 宁夏回族自治区,6401 银川市,65 新疆维吾尔自治区,6501 乌鲁木齐市,71 台湾省,81 香港特别行政区,82 澳门特别行政区"
	for _, row := range strings.Split(table, ",") {
		code, name, _ := strings.Cut(row, " ")
		out = append(out, Division{code, name})
	}
	return out
}()

// Divisions finds lines of the table: by a part of the name, or by the digits a
// code begins with.
func Divisions(part string) (out []Division) {
	if part = strings.TrimSpace(part); part == "" {
		return nil
	}
	for _, d := range divisions {
		if strings.Contains(d.Name, part) || strings.HasPrefix(d.Code, part) || strings.HasPrefix(part, d.Code) {
			out = append(out, d)
		}
	}
	return out
}

// District is the place that an instance is set up for.
type District struct {
	Code string // as places bear it
	Kind string // 区, 街道 or 社区
}

// ParseDistrict reads a statistical code. Fault: SW-2040.
func ParseDistrict(text string) (District, error) {
	code := strings.TrimSpace(text)
	bad := ErrDistrict.With(code)
	if strings.Trim(code, "0123456789") != "" {
		return District{}, bad
	}
	known := false
	for _, d := range divisions {
		known = known || len(d.Code) == 2 && strings.HasPrefix(code, d.Code)
	}
	if !known {
		return District{}, bad
	}
	switch {
	case len(code) == 6:
		return District{code, "区"}, nil
	case len(code) == 9:
		return District{code + "000", "街道"}, nil
	case len(code) == 12 && strings.HasSuffix(code, "000000"):
		return District{code[:6], "区"}, nil
	case len(code) == 12 && strings.HasSuffix(code, "000"):
		return District{code, "街道"}, nil
	case len(code) == 12:
		return District{code, "社区"}, nil
	}
	return District{}, bad
}
