import type { Words } from '../pick'
import { callWords } from './calls'
import { assignWords } from './assign'
import { caseWords } from './cases'
import { likeWords } from './like'
import { handWords } from './hands'
import { transferWords } from './transfer'
import { greetingWords } from './greeting'
import { patrolWords } from './patrol'
import { warningWords } from './warnings'
import { objectionWords } from './objection'
import { ownPhoneWords } from './own-phone'
import { careWords } from './care'
import { serviceWords } from './service'
import { shiftWords } from './shift'
import { trainingWords } from './training'

/** Texts of what a helper has on the phone beside the stairs: shifts, asks, learning, hours. The stairs open without them. */
export const mine = { ...callWords, ...caseWords, ...handWords, ...transferWords, ...assignWords, ...objectionWords, ...warningWords, ...greetingWords, ...patrolWords, ...trainingWords, ...shiftWords, ...serviceWords, ...careWords, ...ownPhoneWords, ...likeWords } satisfies Words
