// The table of what was measured, in both languages.
import { writeFileSync } from 'node:fs'

const docs = new URL('../../../docs/reference/', import.meta.url)
const words = {
  'resident-first': ['居民页第一次打开，看到这里怎样', 'Resident page, first visit, until it says how it stands'],
  'resident-warm': ['居民页再次打开', 'Resident page, again'],
  'resident-html-css': ['居民页的 HTML 与 CSS，压缩后', 'Resident page: HTML and CSS, compressed'],
  'resident-js': ['居民页的 JavaScript', 'Resident page: JavaScript'],
  'lead-first': ['微网格长第一次打开手机端，看到户格', 'Lead\'s phone, first visit, until the doors show'],
  'lead-warm': ['微网格长再次打开', 'Lead\'s phone, again'],
  'lead-route': ['手机端第一页的全部程序，压缩后', 'Phone app, first route in all, compressed'],
  'sync-time': ['第一次同步：从打开到户格可用', 'First sync: from opening until the doors can be used'],
  'sync-size': ['第一次同步的数据', 'First sync: data'],
  missing: ['没有量到的页', 'Pages of the router that were not opened'],
  axe: ['axe 严重或危急', 'axe, serious or critical'],
  keys: ['Tab 键走不到、看不见或被遮住的', 'Not reached by Tab, not seen or hidden when reached'],
  targets: ['小于 44 px（指挥台 24 px）的按键', 'Targets under 44 px (24 px on the console)'],
  'targets-large': ['大字下小于 60 px 的按键', 'Targets under 60 px in large type'],
  body: ['大字的正文', 'Large type: body'],
  most: ['大字的最大字，各页最小值', 'Large type: largest text, least over the pages'],
  tight: ['大字的行距，各页最紧的一处', 'Large type: line height, tightest anywhere'],
  clip: ['文字放大到 200 % 后被切掉的', 'Cut off with text at 200 %'],
  sideways: ['1366×768、1440×960（3:2）、1920×1080 要横向滚动的页', 'Pages with sideways scrolling at 1366×768, 1440×960 (3:2), 1920×1080'],
  rows: ['1366×768 看得到的行数，各列表最少', 'Rows in sight at 1366×768, least over the lists'],
  'wall-text': ['大屏最小的字（3840×2160）', 'Wall: smallest text (3840×2160)'],
  'wall-figure': ['大屏最小的主数字', 'Wall: smallest main figure'],
}

/** rowsOf makes one line of each thing that was measured. */
export function rowsOf({ speed, faces: f }) {
  const most = (goal, id, value, unit, limit, list) => ({ goal, id, value, unit, limit: `≤ ${limit}`, ok: value <= limit, list })
  const least = (goal, id, value, unit, limit, list) => ({ goal, id, value, unit, limit: `≥ ${limit}`, ok: value >= limit, list })
  const min = (list) => Math.min(...list)
  return [
    ...speed.map((r) => most(r.goal, r.id, r.value, r.unit, r.limit)),
    most('G6', 'missing', f.missing.length, '', 0, f.missing), most('G6', 'axe', f.axe.length, '', 0, f.axe), most('G6', 'keys', f.keys.length, '', 0, f.keys),
    most('G6', 'targets', f.targets.length, '', 0, f.targets), most('G6', 'targets-large', f.targetsLarge.length, '', 0, f.targetsLarge),
    least('G7', 'body', min(f.type.map((x) => x.body)), 'px', 24), least('G7', 'most', min(f.type.map((x) => x.most)), 'px', 40, f.type.filter((x) => x.most < 40).map((x) => `${x.label} ${x.most}`)),
    least('G7', 'tight', min(f.type.filter((x) => x.tight).map((x) => x.tight)), '', 1.3, f.type.filter((x) => x.tight && x.tight < 1.3).map((x) => `${x.label} ${x.tight}`)), most('G7', 'clip', f.clip.length, '', 0, f.clip),
    most('G8', 'sideways', f.sideways.length, '', 0, f.sideways), least('G8', 'rows', min(f.rows.map((x) => x.rows)), '', 12, f.rows.filter((x) => x.rows < 12).map((x) => `${x.label} ${x.rows}`)),
    least('G8', 'wall-text', f.wall.least, 'px', 32), least('G8', 'wall-figure', f.wall.figure, 'px', 96),
  ]
}

/** table is the table as markdown; which is 0 for Chinese, 1 for English. */
export function table(rows, which) {
  const head = [['目标', '量的是什么', '要求', '量得', ''], ['Goal', 'What', 'Wanted', 'Measured', '']][which]
  return [head, head.map(() => '---'), ...rows.map((r) => [r.goal, words[r.id][which], `${r.limit} ${r.unit}`, `${r.value.toLocaleString('en')} ${r.unit}`, r.ok ? '✓' : '✗'])]
    .map((line) => `| ${line.join(' | ')} |`).join('\n')
}

const plain = (x) => String(x).replaceAll('\n', ' ').replaceAll('|', '/')
function short(rows, which) {
  const bad = rows.filter((r) => !r.ok)
  if (!bad.length) return ['全部达到。', 'All are met.'][which]
  return bad.map((r) => `- **${words[r.id][which]}**: ${r.value} (${r.limit})${r.list?.length ? '\n' + r.list.slice(0, 6).map((x) => `  - \`${plain(x)}\``).join('\n') : ''}`).join('\n')
}

/** write puts the run into docs/reference. */
export function write(run, rows) {
  const f = run.faces
  const head = '<!-- make budgets writes this page; do not edit it by hand -->\n'
  writeFileSync(new URL('budgets.md', docs), `${head}# 网页的预算

[English](budgets.en.md)

在真浏览器里对着演示量出来的：慢线路上多快、每一页好不好用、字够不够大、屏幕放不放得下。\`make budgets\` 重量一次并重写本页；有一项没达到，命令就以失败结束。

${run.date}，${run.cores} 核、${run.memory} GB 内存的机器，量时平均负载 ${run.load.join(' 到 ')}，Chromium ${run.browser}。演示一个社区、一起生效的响应。每个时间量三次取中间一次。

${table(rows, 0)}

## 没达到的

${short(rows, 0)}

## 怎么量的

- **慢线路**：1.6 Mbps 下行、0.75 Mbps 上行、往返 300 ms，处理器慢 4 倍。线路在浏览器外面，TLS，所以握手和后台下载也算在里面：第一次打开先花三个往返。时间随机器的负载变，字节数不变。
- **每一页**：路由表里的每一页加居民页和打印页，共 ${f.pages} 页；浅色、深色、高对比、大字四种样子，中英文，axe 跑了 ${f.axeRuns} 次。样子只改颜色和字号，所以后三种只查对比度；其余规则在浅色下全查。
- **按键大小**：句子里的链接和地图上的图形不算；指挥台的密行按 WCAG 2.5.8，24 px 圆内没有别的按键也算够。
- **Tab 键**：一路按下去走到了 ${f.stops.toLocaleString('en')} 处；每处要看得见焦点，不被固定的条遮住。
- **没有量的**：真手机、别的浏览器、读屏软件、五米外的人眼。

## 参见

[数的口径](numbers.md) · [开发](../howto/develop.md)
`)
  writeFileSync(new URL('budgets.en.md', docs), `${head}# Budgets of the web pages

[中文](budgets.md)

Measured in a real browser against the demonstration: how fast over a slow line, how usable each page is, whether type is large enough and screens hold it. \`make budgets\` measures anew and rewrites this page; it ends with an error when one is missed.

${run.date}, a machine of ${run.cores} cores and ${run.memory} GB, load average ${run.load.join(' to ')} meanwhile, Chromium ${run.browser}. Demonstration of one community with one response in force. Times are the middle of three.

${table(rows, 1)}

## What falls short

${short(rows, 1)}

## How it is measured

- **Slow line**: 1.6 Mbps down, 0.75 Mbps up, 300 ms a round trip, a processor four times slower. The line is outside the browser and carries TLS, so hand-shakes and downloads in the background count: a first visit spends three round trips before its page. Times vary with the load of the machine, bytes do not.
- **Every page**: each of the router, the resident page and the printed ones, ${f.pages} in all; light, dark, high contrast, large type, Chinese and English; ${f.axeRuns} runs of axe. A look changes colours and sizes only, so the other three are asked about contrast; all rules are asked in light.
- **Targets**: links within a sentence and shapes of a map are exempt; on dense rows of the console WCAG 2.5.8 holds, where a free circle of 24 px is enough.
- **Tab**: ${f.stops.toLocaleString('en')} stops were reached; at each the focus must be seen and not lie under a fixed bar.
- **Not measured**: real phones, other browsers, screen readers, eyes at five metres.

## See also

[Numbers](numbers.en.md) · [Develop](../howto/develop.en.md)
`)
}
