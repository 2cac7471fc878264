import type { Words } from '../pick'
import { frameWords } from './console-frame'
import { situationWords } from './console-situation'
import { responseWords } from './console-response'
import { registerWords } from './console-register'
import { tourWords } from './tour'
import { accountWords } from './console-account'
import { groundWords } from './console-ground'
import { needsWords } from './needs'
import { playbookWords } from './playbook'
import { drillWords } from './drill'
import { gridWords } from './grid'
import { helperWords } from './helpers'
import { callWords } from './calls'
import { trainingWords } from './training'
import { rosterHandWords } from './roster-hand'
import { shiftWords } from './shift'
import { surgeWords } from './surge'
import { careWords } from './care'
import { assignWords } from './assign'
import { caseWords } from './cases'
import { handWords } from './hands'
import { transferWords } from './transfer'
import { alarmWords } from './alarms'
import { doseWords } from './doses'
import { kinWords } from './kin'
import { greetingWords } from './greeting'
import { patrolWords } from './patrol'
import { warningWords } from './warnings'
import { wentWords } from './went'
import { likeWords } from './like'
import { metWords } from './met'
import { outsideWords } from './outside'
import { objectionWords } from './objection'
import { serviceWords } from './service'

/** Texts of the console, one file for a group of rooms. */
export const console_ = {
  ...frameWords,
  ...situationWords,
  ...responseWords,
  ...registerWords,
  ...groundWords,
  ...needsWords,
  ...playbookWords,
  ...accountWords,
  ...tourWords,
  ...drillWords,
  ...gridWords,
  ...helperWords,
  ...callWords,
  ...trainingWords,
  ...shiftWords,
  ...rosterHandWords,
  ...caseWords,
  ...assignWords,
  ...handWords,
  ...transferWords,
  ...alarmWords,
  ...doseWords,
  ...kinWords,
  ...warningWords,
  ...greetingWords,
  ...patrolWords,
  ...wentWords,
  ...likeWords,
  ...metWords,
  ...outsideWords,
  ...objectionWords,
  ...surgeWords,
  ...serviceWords,
  ...careWords,
} as const satisfies Words
