import { tongue } from '@/i18n'

// Civil times are those of the place; every place of one server shares this zone.
const zone = 'Asia/Shanghai'
const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: zone, year: 'numeric', month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', weekday: 'short', hourCycle: 'h23',
})
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const weekdays: Record<string, string> = { Mon: '周一', Tue: '周二', Wed: '周三', Thu: '周四', Fri: '周五', Sat: '周六', Sun: '周日' }

type Civil = { year: string; month: string; day: string; hour: string; minute: string; second: string; weekday: string }

function civil(at: string | Date): Civil | null {
  const date = typeof at === 'string' ? new Date(at) : at
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() < 1900) return null
  const out: Record<string, string> = {}
  for (const p of parts.formatToParts(date)) out[p.type] = p.value
  return out as Civil
}

export function day(at: string | Date): string {
  const c = civil(at)
  if (!c) return ''
  return tongue() === 'zh' ? `${Number(c.month)}月${Number(c.day)}日` : `${Number(c.day)} ${months[Number(c.month) - 1]}`
}

/** date is the full date, with the year. */
export function date(at: string | Date): string {
  const c = civil(at)
  if (!c) return ''
  return tongue() === 'zh' ? `${c.year}年${day(at)}` : `${day(at)} ${c.year}`
}

export function clock(at: string | Date, seconds = false): string {
  const c = civil(at)
  if (!c) return ''
  return seconds ? `${c.hour}:${c.minute}:${c.second}` : `${c.hour}:${c.minute}`
}

export function weekday(at: Date): string {
  const c = civil(at)
  if (!c) return ''
  return tongue() === 'zh' ? weekdays[c.weekday] : c.weekday
}

/** moment is day and minute. An end at midnight reads as 24:00 of the day before: that is the last day it holds. */
export function moment(at: string | Date): string {
  const c = civil(at)
  if (!c) return ''
  if (c.hour === '00' && c.minute === '00') {
    const before = new Date((typeof at === 'string' ? new Date(at) : at).getTime() - 60_000) // seconds within that minute are still the day before's end
    return `${day(before)} 24:00`
  }
  if (c.hour === '23' && c.minute === '59') return `${day(at)} 24:00`
  return `${day(at)} ${clock(at)}`
}

/** civilDay is yyyy-mm-dd at the place, for date inputs. */
export function civilDay(at: Date): string {
  const c = civil(at)
  return c ? `${c.year}-${c.month.padStart(2, '0')}-${c.day.padStart(2, '0')}` : ''
}

/** span says how long something lasts or lasted, in words. */
export function span(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60000))
  const [d, h, m] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60]
  if (tongue() === 'zh') return d ? `${d} 天 ${h} 小时` : h ? `${h} 小时${m ? ` ${m} 分` : ''}` : `${m} 分`
  return d ? `${d} d ${h} h` : h ? `${h} h${m ? ` ${m} min` : ''}` : `${m} min`
}

export function number(n: number | null | undefined): string {
  return n === null || n === undefined ? '—' : n.toLocaleString('en-US')
}

/** hourOf is the hour that a time lies in, from full hour to full hour. */
export function hourOf(at: string | Date): string {
  const c = civil(at)
  if (!c) return ''
  return `${c.hour}:00–${String(Number(c.hour) + 1).padStart(2, '0')}:00`
}
