package demo

import (
	"fmt"
	"strings"
)

// readme tells whoever opens the folder what it is, in Chinese and English.
func readme(m Manifest) string {
	var s strings.Builder
	w := m.World
	fmt.Fprintf(&s, `演示数据 · 全部虚构（%s，种子 %d，资料日期 %s）

人名由字表拼成；身份证号用未分配的 99 地区，电话用未分配的 129 号段；坐标在东海海面上，没有这座城。
正式系统拒收这些号码，演示系统只收这些号码。

  places.xlsx / places.geojson   地点台账与轮廓：%d 个社区、%d 个微网格、%d 户
  NN-社区-居民台账.xlsx            各社区自己的台账，写法各不相同：共 %d 人
  helpers.xlsx                   志愿者与工作人员名册：%d 人
  zones.csv                      三区所含楼栋与场所
  stated.json                    上报口径的人数与出处
  manifest.json                  每个文件导入后应有的结果

表里故意留了日常会有的毛病：两行表头、合并格、小计合计、各种门牌与日期写法、号码带空格、
变成小数的身份证号、错的校验位、不存在的门牌、重复的行、空白与打码。

导入顺序：places.xlsx → 各社区台账 → helpers.xlsx。

`, m.Size, m.Seed, m.Day, w.Communities, w.Microgrids, w.Doors, w.People, w.Helpers)
	for i, z := range m.Zones {
		fmt.Fprintf(&s, "%s  %d 户  %d 人\n", zone(i+1), z.Doors, z.People)
	}
	fmt.Fprintf(&s, `
Demonstration data, invented throughout. Names are put together from syllables, identity numbers are of the
unassigned region 99, telephones of the unassigned prefix 129, and the town lies in the open sea. A real
instance refuses these numbers and a demonstration takes no others. The mistakes in the spreadsheets are
deliberate; manifest.json says what an import must make of each file.
`)
	return s.String()
}
