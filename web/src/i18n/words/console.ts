import type { Words } from '../pick'
import { rail } from './console-frame'

/** Texts of the console, one file a room. */
export const console_ = { rail } as const satisfies Words
