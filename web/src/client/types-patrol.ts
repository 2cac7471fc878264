// Shapes of the HTTP API around the points of a patrol.
import type { Outcome, Tone, Words } from './types'

export interface PatrolRound { item: string; title: Words; minutes: number; outcomes: Outcome[] }
export interface PatrolPoint {
  id: string; place_id: string; place: string; item: string; name: string; look: string; order: number; minutes: number; from: string; until: string
  state: Tone | 'rest' | 'off'; outcome: string; at: string; due: string; missed: string; case_id: string; number: string; version: number
}
export interface PatrolBoard { rounds: PatrolRound[]; points: PatrolPoint[]; left: number; missed: number; may_keep: boolean }
