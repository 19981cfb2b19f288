import type { CountrySettings } from '../planning/index.js';

/** What a simulation plays. Every figure is a choice of docs/simulation.md; the seed makes the same people and meetings again. */
export interface SimulationSettings {
  readonly people: number;
  readonly days: number;
  readonly seed: number;
  readonly country: CountrySettings;
  /** Share of the people who are diagnosed in the course of it: a wave, so that few people make many reports. */
  readonly diagnosedShare: number;
  /** Cover uploads of a phone in a day. */
  readonly chaffPerPhone: number;
  /** Mean hours between two syncs of a phone. */
  readonly syncHours: number;
  /** Slots between two kills of a server; 0 for none. */
  readonly killEvery: number;
  /** Requests under way at once. */
  readonly concurrency: number;
}

export const DAY_SECONDS = 86_400;
export const HOUR_SECONDS = 3600;

/** Days of CENs in a report: whoever was met earlier cannot have been infected. */
export const REPORT_DAYS = 14;
