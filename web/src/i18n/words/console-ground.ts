import type { Words } from '../pick'

/** Dividing, moving, splitting and merging places, and their history. */
export const groundWords = {
  gnd: {
    divide: ['划分微网格', 'Divide into micro-grids'], change: ['调整区划', 'Change borders'], history: ['沿革', 'History'], verb: { move: ['划转', 'Move'], split: ['拆分', 'Split'], merge: ['合并', 'Merge'], divide: ['划分', 'Divide'], undo: ['撤回', 'Take back'] },
    perGrid: ['每个微网格约', 'About'], doorsEach: ['户', 'doors each'], stairwells: ['大单元可以按层分开', 'Large stairwells may be cut between floors'], fresh: ['不顾现在怎么分', 'Pay no heed to the present division'], reckon: ['预览', 'Preview'], reckoning: ['正在算', 'Reckoning'],
    hint: ['先预览，什么都不会改。每个网格分开划；同一单元不拆；尽量不换人。', 'A preview changes nothing. Each grid is divided on its own, stairwells stay whole, and as few as possible change hands.'],
    parts: ['划成的微网格', 'Micro-grids'], part: ['微网格', 'Micro-grid'], partsNote: ['{n} 个 · 平均 {m} 户', '{n}, {m} doors on average'], no: ['号', 'No.'], deviation: ['偏差', 'Off'], spread: ['离格心', 'Way'], houses: ['楼', 'Houses'], came: ['换进', 'Came in'], lead: ['微网格长', 'Lead'], made: ['新', 'new'], noLead: ['待选', 'to be chosen'],
    now: ['现在', 'Now'], then: ['照方案', 'By the plan'], bound: ['单元大小所限', 'Proved bound'], outside: ['超出 ±10%', 'Outside ±10%'], worst: ['最大偏差', 'Worst'], moved: ['换格的户', 'Doors that change'], movedUnits: ['{n} / {of} 个单元', '{n} of {of} stairwells'], metres: ['{n} 米', '{n} m'], meanWay: ['户到格心平均', 'Mean way to the middle'],
    limit: {
      even: ['每格都在 ±10% 以内。', 'Every part is within ±10%.'],
      top: ['到顶了：单元（楼道）这么大，最差的一格怎么划也偏 {x}，再找也没有更好的。', 'As even as it gets: stairwells of this size cannot be balanced better than {x}.'],
      room: ['单元（楼道）这么大，最差的一格至少偏 {x}（已证明）；这个方案偏 {y}，还可以再找找。', 'Stairwells of this size cannot be balanced better than {x} (proved). This division comes to {y}: a longer search may do better.'],
      free: ['单元大小不碍事：没有证明说划不到 ±10% 以内。', 'The size of the stairwells is no obstacle: nothing proves that ±10% cannot be reached.'],
    },
    longer: ['多找一会', 'Search longer'], longerHint: ['不顾现在怎么分，从头找；随时可停，留下找到的最好一个', 'starts afresh, stop at any time; the best one found is kept'], searching: ['第 {n} 轮，{steps} 步，{s} 秒…目前最差偏 {x}', 'round {n}, {steps} steps, {s} s… worst so far {x}'], stop: ['停', 'Stop'],
    found: { top: ['找到顶了。', 'It cannot get better.'], better: ['找到更好的：{n} 格超出，最差偏 {x}。', 'Found a better one: {n} outside, worst {x}.'], none: ['找了 {steps} 步，没有更好的。', '{steps} steps found nothing better.'], stopped: ['停了，留着找到的最好一个。', 'Stopped; the best one found stays.'] },
    checks: ['还有 {n} 条', '{n} more'], checksTitle: ['要留意的', 'What to look at'],
    hand: ['手工挪单元', 'Put by hand'], handUnit: ['{n} 号格里的', 'From part {n}'], handTo: ['划到', 'to'], handDo: ['挪过去', 'Put there'], handDone: ['手工挪了 {n} 处', '{n} put by hand'], handPick: ['在表上或图上选一格，就能手工挪它的单元', 'Choose a part in the table or on the map to put its stairwells elsewhere'], partNo: ['{n} 号 · {name} · {d} 户', 'No. {n} · {name} · {d} doors'],
    map: ['图上看', 'On the map'], mapNote: ['楼上的数字是微网格的号', 'numbers are those of the micro-grids'],
    moves: ['划动什么', 'What moves'], movesNote: ['{n} 处 · {d} 户 · {p} 人', '{n} places, {d} doors, {p} people'], from: ['从', 'From'], into: ['到', 'To'], code: ['编码', 'Code'], ends: ['并入 {into}', 'goes into {into}'], codes: ['改编码', 'Codes'], posts: ['岗位', 'Posts'], nothing: ['没有地点换上级', 'No place changes its parent'],
    apply: ['应用', 'Apply'], applied: ['{at} 由 {who} 应用', 'Applied {at} by {who}'], plannedBy: ['{who} 拟案', 'Planned by {who}'], expired: ['地点有了变动，请重新预览', 'The ground has changed; preview again'], second: ['请街道指挥应用：把本页地址发过去', 'Command applies it: send them the address of this page'], confirm: ['确认应用这个区划方案', 'Apply this plan of the ground'], confirmText: ['{moves} 处地点换上级，涉及 {doors} 户 {people} 人；{codes} 个编码改变，旧编码仍可查到。', '{moves} places change their parent, with {doors} doors and {people} people; {codes} codes change, old ones keep leading there.'], confirmUndo: ['应用后可以撤回。', 'It can be taken back afterwards.'], undo: ['撤回…', 'Take back…'], back: ['回到地点', 'Back to the place'],
    to: ['新的上级（编码）', 'New parent (code)'], others: ['并进来的地点（编码，一行一个）', 'Places that end in it (codes, one a line)'], splitOff: ['分出去的下级', 'What splits off'], partName: ['新地点的名称（可空）', 'Name of the new place (may be empty)'], preview: ['预览', 'Preview'],
    was: ['原属', 'Under'], since: ['自', 'From'], until: ['至', 'Until'], present: ['至今', 'now'], by: ['因', 'By'], gone: ['撤销，并入 {into}', 'ended, went into {into}'], oldCodes: ['用过的编码', 'Codes'], who: ['拟案 / 应用', 'Planned / applied'],
  },
  bound: {
    title: ['边界', 'Boundary'], source: ['来源', 'Source'], is: { drawn: ['人工绘制', 'Drawn'], imported: ['随台账导入', 'Imported'], derived: ['按楼栋推算（凸包），没有人画过', 'Derived from the houses (their hull); nobody drew it'], none: ['没有边界，也推算不出', 'None, and none can be derived'] },
    datum: ['给出时的坐标系', 'Given in'], when: ['何时何人', 'When, by whom'], kept: ['一律换算成 CGCS2000 保存。推算的边界随划分、划转自动更新。', 'All are kept in CGCS2000. Derived outlines follow each division and move.'],
    paste: ['贴入 GeoJSON（Point、Polygon、MultiPolygon，或只含一个要素的文件）', 'Paste GeoJSON (Point, Polygon, MultiPolygon, or a file of one feature)'], file: ['或选文件', 'Or choose a file'], given: ['它用的坐标系', 'Its datum'], ask: ['请选：它是在哪种地图上画的', 'Choose: on which kind of map was it drawn'], knows: ['文件自己写明：{d}', 'The file says so itself: {d}'], gcj: ['高德、腾讯', 'Amap, Tencent'], bd: ['百度', 'Baidu'], save: ['保存边界', 'Save boundary'], notJson: ['这不是 GeoJSON，没有保存。', 'This is not GeoJSON; nothing was saved.'],
    draw: ['在图上画', 'Draw on the map'], edit: ['在图上改', 'Edit on the map'], import: ['导入 GeoJSON', 'Import GeoJSON'], manyRings: ['现在的边界有洞或分几块，在图上画会从头画一条。', 'The boundary has holes or several pieces: drawing begins a new one.'],
    drawLabel: ['画边界的地图；右边的列表能做同样的事', 'Map to draw the boundary; the list beside it does the same'], how: ['点空处加一个拐点，靠近已有的拐点会吸上去；点一个拐点拿起它，再点一处放下。', 'Click to add a corner; near an existing one it snaps. Click a corner to pick it up, click again to put it down.'], held: ['拿着第 {n} 个拐点，点一处放下。', 'Corner {n} is held: click where it goes.'], corners: ['拐点', 'Corners'], corner: ['第 {n} 个拐点，{at}', 'Corner {n} at {at}'], drop: ['去掉第 {n} 个拐点', 'Take corner {n} away'], none0: ['还没有拐点。', 'No corners yet.'],
    keys: ['键盘：方向键移动选中的拐点 2 米（加 Shift 20 米），Delete 去掉，＋ 在后面加一个，Ctrl Z 退一步；在图上回车，在图心加一个。', 'Keyboard: arrows move a corner by 2 m (with Shift 20 m), Delete takes it away, + adds one after it, Ctrl Z goes back; Enter on the map adds one at its middle.'], wrong: { few: ['至少要三个拐点。', 'It needs three corners at least.'], cross: ['边线自己相交，存不了。', 'The line crosses itself and cannot be saved.'] }, undo: ['退一步', 'Undo'], clear: ['清空', 'Clear'],
    saved: ['已保存，{n} 个拐点。', 'Saved, {n} corners.'], same: ['坐标原样保留（CGCS2000；WGS 84 与它相差几厘米）。', 'Coordinates kept as they are (CGCS2000; WGS 84 differs by centimetres).'], converted: ['已从 {d} 换算成 CGCS2000，整体挪了约 {m} 米。', 'Converted from {d} to CGCS2000; it moved by about {m} m.'], outside: ['有 {n} 栋楼在线外，请核对。', '{n} houses lie outside of the line; please check.'],
    dashed: ['虚线：按楼栋推算的，没有人画过', 'Dashed: derived from the houses, nobody drew it'], solid: ['实线：画的或导入的', 'Solid: drawn or imported'],
  },
} as const satisfies Words
