/** What a console screen needs to answer keys and to name them. */
export { useKeys } from './keys'
export { useHints } from './frame'
