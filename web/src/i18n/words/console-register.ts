import type { Words } from '../pick'

/** Places, register, import, helpers, posts, rounds. */
export const registerWords = {
  terr: {
    counted: ['这个数里的地点', 'The places of this figure'], hits: ['{n} 处 · 列出 {s} 处', '{n} in all, {s} listed'], inside: ['下一级', 'One level down'], insideTwo: ['下两级', 'Two levels down'], found: ['找到“{q}”', 'Found “{q}”'], rows: ['{n} 处 · {d} 户', '{n} places · {d} doors'], find: ['查名称或编码', 'Name or code'], map: ['地图', 'Map'], mapNote: ['点一下选中，再点打开', 'click selects, again opens'],
    name: ['名称', 'Name'], kind: ['类型', 'Kind'], code: ['编码', 'Code'], export: ['导出地点台账', 'Export places'],
  },
  board: {
    missing: ['本轮未扫', 'Not done'], notAsked: ['不在本轮', 'not in this round'], noRound: ['现在没有要扫的楼', 'No round is open here'], zoneUntil: ['到 {at}', 'until {at}'], due: ['截止 {at}', 'due {at}'], rest: ['余 {span}', '{span} left'], noDoors: ['这里还没有登记到户。导入地点台账后会画出楼栋板。', 'No doors on record here yet.'],
    walk: ['走格', 'walk'], record: ['记结果', 'record'], recordAs: ['记为', 'Record as'], floor: ['楼层', 'Floor'], floorN: ['{n} 层', 'F{n}'], nobody: ['这户没有登记的人', 'Nobody on record at this door'], notYours: ['指挥看每户的结果，不看户内是谁。要找人，请交给社区或微网格长。', 'Command sees the outcome of a door, not who lives there. To reach someone, ask the community or the micro-grid lead.'],
    otherPart: ['同一栋的另一部分', 'The other part of this building'],
  },
  need: {
    'knock-long': ['敲门久等', 'knock, then wait'], 'cannot-come-down': ['不便下楼', 'cannot come down'], sign: ['需要手语', 'sign language'], medicine: ['留心用药', 'mind medicine'], 'regular-trips': ['定期要出门', 'regular trips'], 'sudden-trip': ['可能急出门', 'may need a trip'],
    meals: ['送餐', 'meals'], 'no-phone': ['不用手机', 'no phone'], childcare: ['帮看孩子', 'help with child'], 'greet-daily': ['每天问候', 'greet daily'], company: ['需人陪', 'company'],
  },
  care: {
    elderly: ['高龄', 'Old age'], child: ['儿童', 'Child'], pregnant: ['孕产', 'Expecting'], disabled: ['残疾', 'Disabled'], chronic: ['慢病', 'Chronic'], alone: ['独居', 'Alone'], unguarded: ['无人监护', 'Unguarded'], frontline: ['一线家属', 'Frontline family'], mental: ['需耐心', 'Patience'],
  },
  reg: {
    list: ['户情表', 'Register'], listNote: ['按职责遮盖', 'masked by role'], find: ['门牌、姓名', 'Door or name'], import: ['导入台账', 'Import'], emptyImport: ['还没有登记。导入一份居民台账。', 'Nobody on record. Import a register.'],
    door: ['门牌', 'Door'], relation: ['与户主关系', 'Relation'], ageHead: ['年龄', 'Age'], age: ['{n} 岁', '{n}'], m: ['男', 'male'], f: ['女', 'female'], lives: ['居住', 'Tenure'], verified: ['核实日期', 'Verified'], never: ['未核实', 'never'],
    tenure: { own: ['自住', 'Owner'], rent: ['租住', 'Tenant'], other: ['其他', 'Other'] },
    field: { name: ['姓名', 'Name'], phone: ['联系电话', 'Phone'], id_number: ['证件号', 'ID number'], care: ['照护标记', 'Care'], birth: ['出生日期', 'Birth'], gender: ['性别', 'Sex'], relation: ['与户主关系', 'Relation'], tenure: ['居住情况', 'Tenure'], origin: ['户籍地', 'Origin'], door: ['门牌', 'Door'], verifiedOn: ['核实日期', 'Verified'] },
    onRecord: ['已登记', 'on record'], reveal: ['看全…', 'Show in clear…'], revealHint: ['选一个用途才显示；只显示十分钟，记一条查看，住户能看到谁因何看过。', 'Give a purpose first; shown for ten minutes, put on record, visible to the household.'], purposeLabel: ['用途', 'Purpose'], noPurpose: ['您的职责没有可用的用途', 'Your role has no purpose for this'],
    showField: ['显示{f}', 'Show {f}'], looks: ['谁看过：{n} 次', 'Looks: {n}'], times: ['共 {n} 次，自 {from} 起', '{n} times since {from}'], maskNote: ['空白和遮盖表示不变，不会抹去原来的资料；每一项都记来源和日期。', 'Blank or masked means unchanged; each field keeps its source and date.'],
  },
  imp: {
    noFile: ['手头没有表？照示例填一份：', 'No spreadsheet at hand? Fill in the sample:'], sampleGet: ['下载示例', 'Download a sample'], sampleName: ['示例', 'sample'],
    kind: ['导入什么', 'What to import'], kinds: { residents: ['居民台账', 'Residents'], places: ['地点台账', 'Places'], helpers: ['人员名册', 'Helpers'], squads: ['突击队名单', 'Squads'], rosters: ['排班表', 'Roster'], cases: ['办件清单', 'Cases'] }, drop: ['把表格拖到这里，或点一下选择', 'Drop a spreadsheet here or click to choose'], checking: ['正在校验，什么都不会写入', 'Checking; nothing is written'], writing: ['正在写入', 'Writing'],
    hint: { residents: ['xlsx 或 csv；按列名认，不按位置；多余的列不要紧', 'xlsx or csv; columns are read by name, extra ones do no harm'], places: ['地点编码、类型、名称、上级编码……一行一处，楼栋行可写单元、层、每层户数', 'one row a place; a building row may give units, floors and doors per floor'], helpers: ['编号、姓名、工作电话、类别、已训、在岗情况……', 'number, name, work phone, kind, training, presence…'], squads: ['编号、派出单位、人数、驻地编码、可用起止……', 'number, organisation, people, place code, from, until…'], rosters: ['日期、开始、结束、岗位、地点编码、志愿者编号或姓名；有一行退回，整张表都不写入', 'date, from, to, post, place code, volunteer number or name; with one row rejected nothing is written'], cases: ['事项、门户地址或地点编码、内容、联系电话、收到时间、原编号……一行一件，最多 500 件；保密的事不导', 'item, door address or place code, words, phone, received, reference… one row a case, at most 500; nothing confidential'] },
    checked: ['{n} 行已校验', '{n} rows checked'], written: ['{n} 行已处理', '{n} rows done'], seconds: ['{n} 秒', '{n} s'], notWritten: ['尚未写入', 'nothing written yet'], isWritten: ['已写入', 'written'], rows: ['表里的行', 'rows'], inserted: ['新增', 'new'], updated: ['更新', 'updated'], unchanged: ['不变', 'unchanged'], rejected: ['退回', 'rejected'], unequal: ['行数对不上，请报告管理员', 'rows do not add up'],
    rejects: ['退回 {n} 行', '{n} rejected'], rejectsNote: ['原行不丢，可下载改好再导', 'rows are kept: download, mend, import again'], noRejects: ['没有退回的行', 'No row was rejected'], row: ['行', 'Row'], column: ['列', 'Column'], reason: ['为什么', 'Reason'], mapping: ['列怎么认的', 'How columns were read'], mappingNote: ['按列名和同义词', 'by name and synonyms'], readAs: ['读作', 'Read as'], sample: ['例', 'Sample'], ignored: ['不用这一列', 'not used'],
    field: { item: ['事项', 'Item'], words: ['内容', 'Words'], received: ['收到时间', 'Received'], due: ['办理时限', 'Deadline'], reference: ['原编号', 'Reference'], address: ['门户地址', 'Door address'], estate: ['小区', 'Estate'], building: ['楼号', 'Building'], unit: ['单元', 'Unit'], room: ['室', 'Room'], date: ['日期', 'Date'], from: ['开始', 'From'], until: ['结束', 'To'], post: ['岗位', 'Post'], place_code: ['地点编码', 'Place code'], code: ['编码', 'Code'], number: ['编号', 'Number'], kind: ['类别', 'Kind'] },
    blank: ['空白格和遮盖符表示不变，不会抹去原来的值。', 'Blank cells and mask marks mean unchanged.'], download: ['下载退回表', 'Download the rejects'], write: ['写入 {n} 行，{r} 行留待处理', 'Write {n} rows, {r} stay back'], nothing: ['没有要写的', 'Nothing to write'], done: ['写好了 {n} 行', '{n} rows written'], toCases: ['去办件', 'Go to the cases'],
  },
  ppl: {
    emptyImport: ['名册是空的：导入人员名册，可先下载示例', 'The roster is empty: import it; a sample is there'], emptyPlaces: ['这里下面还没有地点：导入地点台账，可先下载示例', 'No places below yet: import them; a sample is there'],
    list: ['人员名册', 'Helpers'], listNote: ['志愿者、民警、社工、网格员……', 'volunteers, officers, workers'], find: ['姓名、编号', 'Name or number'], kindLabel: ['类别', 'Kind'], anyKind: ['全部类别', 'Any kind'], trainedLabel: ['已训', 'Trained'], anyTrained: ['培训不限', 'Any training'], number: ['编号', 'Number'], place: ['在哪里', 'Place'], skills: ['会什么', 'Skills'], hours: ['每天小时', 'Hours a day'], away: ['在岗情况', 'Presence'], present: ['在位', 'present'], awayOf: ['{name}在不在位', 'Where {name} is'], awayDone: ['已记下：{name}', 'Noted: {name}'], awayPlan: ['已记下：{name}。此人还在岗位上，请重新算方案，由第二人应用后换人。', 'Noted: {name}. They still hold a post: make the plan again and have a second person apply it.'], posts: ['岗位', 'Posts'], note: ['这里只看谁能帮上，不比较人。工作电话因岗公开，居民资料另行遮盖。', 'This is about who can help, never about comparing people. Work phones are shown because of the post.'],
    kind: { volunteer: ['志愿者', 'Volunteer'], police: ['民警', 'Police officer'], community: ['社工', 'Community worker'], gridworker: ['网格员', 'Grid worker'], health: ['医护', 'Health worker'], property: ['物业', 'Property'], cadre: ['干部', 'Official'] },
    trained: { 'protective-basic': ['防护穿脱', 'Protective gear'], sampling: ['采样协助', 'Sampling'], 'first-aid': ['急救', 'First aid'] },
    skill: { medic: ['医护', 'medic'], order: ['秩序', 'order'], counsel: ['心理', 'counsel'], fire: ['消防', 'fire'], teach: ['教学', 'teaching'], law: ['法律', 'law'], arts: ['文艺', 'arts'], sign: ['手语', 'sign language'], english: ['英语', 'English'], strength: ['力气活', 'strength'], drive: ['驾驶', 'driving'] },
    awayIs: { 'locked-in': ['封在区内', 'locked in'], 'locked-out': ['封在区外', 'locked out'], isolated: ['隔离', 'isolated'], left: ['已离开', 'left'] },
    state: { empty: ['空缺', 'Empty'], filled: ['有人', 'Filled'], all: ['全部', 'All'] }, postsNote: ['应急岗和常态岗', 'emergency and everyday posts'], there: ['{at} 到岗', 'there since {at}'], noPosts: ['没有这样的岗位', 'No such post'], holder: ['谁在岗', 'Holder'], deputy: ['副手', 'Deputy'], why: ['说明', 'Reason'], pinned: ['人定', 'pinned'],
  },
  rnd: {
    none: ['现在没有打开的排查', 'No round is open'], missing: ['还差', 'Left'], state: { missing: ['还没有结果', 'Missing'], help: ['需要帮助', 'Need help'], refused: ['不愿开或再敲', 'Refused or again'], done: ['有结果', 'Done'], all: ['全部', 'All'] }, rows: ['{n} 户', '{n} doors'], allDone: ['全部有结果', 'All done'], what: ['要什么', 'What'], at: ['何时记', 'Recorded'], by: ['谁记', 'By'], again: ['再敲', 'Again'],
  },
} as const satisfies Words
