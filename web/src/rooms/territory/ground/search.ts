import type { Division } from '@/client/types'

/** How long each round of a longer search looks: the same steps and seed give the same division. */
export const ladder = [64, 256, 1024, 4096]

const near = 0.0005

/** atLimit says whether no division can be more even, or none needs to be. */
export const atLimit = (d: Division): boolean => d.then.worst <= d.bound.worst + near && d.then.outside <= Math.max(d.bound.outside, 1)

/** howEven says which sentence tells how even a division is and could be. */
export function howEven(d: Division): 'even' | 'top' | 'room' | 'free' {
  if (!d.then.outside) return 'even'
  if (d.then.worst <= d.bound.worst + near) return 'top'
  return d.bound.worst > d.tolerance ? 'room' : 'free'
}

/** better says whether a division is more even than another: fewer parts outside, then the worst one nearer, then fewer doors that change. */
export function better(a: Division, b: Division): boolean {
  if (a.then.outside !== b.then.outside) return a.then.outside < b.then.outside
  if (Math.abs(a.then.worst - b.then.worst) > near) return a.then.worst < b.then.worst
  return a.moved_doors < b.moved_doors
}
