import { tongue } from '@/i18n'
import { date } from '@/client/time'

/** The last day on which something holds that ends at a moment. */
export const lastDay = (until: string) => date(new Date(new Date(until).getTime() - 1))

/** Names one after another, as the language writes a list. */
export const listed = (names: string[]) => names.join(tongue() === 'en' ? ', ' : '、')
