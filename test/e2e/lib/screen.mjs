// How the journeys find things on a screen: by role and by the words people read.
// This is the one file to change when a screen changes.

/** The band across the top that says which system holds. */
export const band = (page) => page.locator('.band')
export const normal = (page) => band(page).getByText('常态', { exact: false }).first()
export const emergency = (page) => band(page).getByText('应急', { exact: false }).first()
export const startLink = (page) => band(page).getByRole('link', { name: '启动响应…' })

/** A big number by the word over it, and the number a list says it holds. */
export const figure = (page, word) => page.locator('.figure', { hasText: word })
export const value = (page, word) => figure(page, word).locator('.value strong')
export const listed = (page) => page.locator('main .bar .big')

/** The activation wizard. */
export const wizard = {
  playbook: (page, name) => page.getByRole('radio', { name }),
  title: (page) => page.getByLabel('名称'),
  statedPeople: (page) => page.getByLabel('人数', { exact: true }),
  statedSource: (page) => page.getByLabel('出自哪里'),
  toArea: (page) => page.getByRole('button', { name: '下一步：选区域' }),
  paste: (page) => page.getByRole('button', { name: /^贴地址/ }),
  pasteText: (page) => page.getByRole('dialog').getByRole('textbox'),
  pasteFind: (page) => page.getByRole('button', { name: '认一认' }),
  pasteTake: (page) => page.getByRole('button', { name: /^选中 \d+ 栋/ }),
  filter: (page) => page.getByRole('searchbox', { name: '查楼名' }),
  tick: (page, name) => page.getByRole('checkbox', { name, exact: true }),
  markAs: (page, zone) => page.getByRole('group', { name: '划为' }).getByRole('button', { name: zone }),
  basis: (page, zone) => page.getByLabel(`${zone} 依据`),
  row: (page, zone) => page.getByRole('region', { name: '各区合计' }).locator('tbody tr', { hasText: zone }).first(),
  total: (page) => page.getByRole('region', { name: '各区合计' }).locator('tfoot tr'),
  saved: (page) => page.getByText(/草稿已存/),
  toPlan: (page) => page.getByRole('button', { name: /^算方案/ }),
}

/** The plan and what follows from it. */
export const plan = {
  apply: (page) => page.getByRole('button', { name: /^应用/ }),
  yes: (page) => page.getByRole('button', { name: '应用，立即生效' }),
  review: (page) => page.getByRole('link', { name: /去复核/ }),
  why: (page) => page.locator('.bar .why'),
  gaps: (page) => page.getByRole('region', { name: /^空缺 / }).locator('tbody tr'),
  candidates: (page) => page.locator('button.cand'),
  end: (page) => page.getByRole('button', { name: '解除响应' }),
  endYes: (page) => page.getByRole('button', { name: '解除，恢复常态' }),
  dialog: (page) => page.getByRole('dialog'),
  close: (page) => page.getByRole('dialog').getByRole('button', { name: '关闭' }).last(),
}

/** The lead's stairwell. */
export const stair = {
  name: (page) => page.locator('h1'),
  left: (page) => page.locator('.sum .left strong'),
  kept: (page) => page.getByText(/已存 \d+ 条，联网后发送|正在发送 \d+ 条/),
  door: (page, room) => page.locator('button.cell').filter({ has: page.locator('.room', { hasText: new RegExp(`^${room}`) }) }),
  tab: (page, name) => page.getByRole('navigation').getByRole('link', { name }),
  badge: (page) => page.locator('.tabs .badge'),
  waiting: (page) => page.locator('.big strong'),
}

/** A refusal as every screen shows it. */
export const refusal = (page) => page.getByRole('alert')

/** Import and register. */
export const imports = {
  drop: (page) => page.locator('label.drop'),
  file: (page) => page.locator('label.drop input[type=file]'),
  part: (page, word) => page.locator('.equation .part', { hasText: word }).locator('strong'),
  write: (page) => page.getByRole('button', { name: /^写入 / }),
  done: (page) => page.getByText(/^● 写好了/),
  rejects: (page) => page.getByRole('link', { name: '下载退回表' }),
}
export const person = {
  first: (page) => page.locator('table tbody th[scope=row]').first(),
  /** open chooses the n-th row of the register, counted from 0, and shows whose it is. */
  open: async (page, n) => {
    await page.locator('table tbody tr', { has: page.getByRole('rowheader', { name: String(n + 1), exact: true }) }).locator('td').first().click()
    const card = page.getByRole('button', { name: '看这个人' })
    if (await card.getAttribute('aria-pressed') !== 'true') await card.click()
  },
  reveal: (page) => page.getByRole('button', { name: '看全…' }),
  purpose: (page, name) => page.getByRole('radio', { name }),
  show: (page, field) => page.getByRole('button', { name: `显示${field}` }),
  values: (page) => page.locator('.person .val'),
  looks: (page) => page.locator('.looks'),
}

/** The ground: dividing, and drawing a boundary. */
export const ground = {
  households: (page) => page.getByRole('spinbutton'),
  preview: (page) => page.getByRole('button', { name: '预览', exact: true }),
  figure: (page, word) => page.locator('.figures > *', { hasText: word }).first(),
  limit: (page) => page.locator('.limit'),
  part: (page, name) => page.locator('tbody').getByRole('button', { name, exact: true }),
  unit: (page) => page.getByRole('form', { name: '手工挪单元' }).getByRole('combobox').first(),
  into: (page) => page.getByRole('form', { name: '手工挪单元' }).getByRole('combobox').last(),
  put: (page) => page.getByRole('button', { name: '挪过去' }),
  apply: (page) => page.locator('.bar').getByRole('button', { name: /^应用/ }),
  yes: (page) => page.getByRole('dialog').getByRole('button', { name: /^应用/ }),
  undo: (page) => page.getByRole('button', { name: '撤回…' }),
}
export const bound = {
  draw: (page) => page.getByRole('button', { name: /^在图上/ }),
  corners: (page) => page.getByRole('list', { name: '拐点' }).locator('button.corner'),
  save: (page) => page.getByRole('button', { name: '保存边界' }),
}
