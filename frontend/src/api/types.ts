/** The shapes the API speaks in. */

import type { Aspect, QuadrantId } from '@/lib/quadrants';

export type Role = 'owner' | 'researcher' | 'product' | 'viewer';

export interface Permissions {
  may_edit_research: boolean;
  may_write_insights: boolean;
  may_see_names: boolean;
  may_manage_members: boolean;
}

export interface WorkspaceRef {
  id: string;
  name: string;
  role: Role;
  permissions: Permissions;
}

export interface User {
  id: string;
  email: string;
  name: string;
}

export interface SampleSignIn {
  email: string;
  password: string;
  name: string;
  role: Role;
}

export interface SignIn {
  user: User | null;
  workspaces: WorkspaceRef[];
  sample_sign_ins: SampleSignIn[];
  needs_first_owner: boolean;
}

export interface ApiToken {
  id: string;
  name: string;
  /** Only in the answer that creates it. */
  token?: string;
  prefix: string;
  created_at: string;
  last_used_at: string | null;
}

export interface Page<Row> {
  count: number;
  next: string | null;
  previous: string | null;
  results: Row[];
}

export interface Workspace {
  id: string;
  name: string;
  storage_used_bytes: number;
  storage_quota_bytes: number;
  speech_model: string;
}

export interface Member {
  id: string;
  email: string;
  name: string;
  role: Role;
}

export type JobKind = 'prepare_media' | 'transcribe' | 'reindex';
export type JobState = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';

export interface Job {
  id: string;
  kind: JobKind;
  state: JobState;
  stage: string;
  progress_done: number;
  progress_total: number;
  progress_unit: 'ms' | 'documents' | '';
  seconds_left: number | null;
  error: { message: string; remedy: string } | null;
  notice: string;
  session_id: string | null;
  source_id: string | null;
  study_id: string | null;
  title: string;
  attempt: number;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
}

export interface Study {
  id: string;
  title: string;
  description: string;
  product_area: string;
  questions: string[];
  session_count: number;
  participant_count: number;
  excerpt_count: number;
  heard_ms: number;
  last_activity_at: string | null;
  is_sample: boolean;
  created_at: string;
}

export type Consent = 'unknown' | 'given' | 'withdrawn';

export interface Participant {
  id: string;
  code_name: string;
  real_name: string | null;
  attributes: Record<string, string>;
  consent: Consent;
  persona_id: string | null;
  persona_name: string | null;
  session_count: number;
  excerpt_count: number;
}

export interface ParticipantRef {
  id: string;
  code_name: string;
  real_name: string | null;
  persona_id: string | null;
}

export type SessionKind =
  | 'interview'
  | 'focus_group'
  | 'observation'
  | 'survey'
  | 'feedback'
  | 'advisory_board';

export type SessionState =
  | 'empty'
  | 'uploading'
  | 'waiting'
  | 'preparing'
  | 'transcribing'
  | 'ready'
  | 'failed';

export interface Session {
  id: string;
  study_id: string;
  study_title: string;
  kind: SessionKind;
  title: string;
  held_on: string | null;
  language: string;
  participants: ParticipantRef[];
  duration_ms: number | null;
  excerpt_count: number;
  state: SessionState;
  created_at: string;
}

export interface Upload {
  id: string;
  file_name: string;
  size_bytes: number;
  offset_bytes: number;
  created_at: string;
}

export interface Media {
  duration_ms: number;
  container: string;
  has_video: boolean;
  is_truncated: boolean;
  size_bytes: number;
  media_url: string;
  peaks_url: string;
  original_url: string;
}

export interface TranscriptRef {
  id: string;
  version: number;
  state: 'in_progress' | 'complete';
  engine: string;
  model: string;
  language: string;
  is_draft: boolean;
  notice: string;
  transcribed_ms: number;
  duration_ms: number | null;
  word_count: number;
  seconds_taken: number | null;
  created_at: string;
}

export type SpeakerRole = 'participant' | 'moderator' | 'observer';

export interface Speaker {
  id: string;
  label: string;
  role: SpeakerRole;
  participant_id: string | null;
  code_name: string | null;
  persona_id: string | null;
}

export interface Source {
  id: string;
  kind: 'recording' | 'text';
  name: string;
  media: Media | null;
  transcript: TranscriptRef | null;
  speakers: Speaker[];
  duplicate_of: { session_id: string; title: string } | null;
}

export interface SessionDetail extends Session {
  sources: Source[];
  uploads: Upload[];
  jobs: Job[];
}

export interface Peaks {
  version: number;
  samples_per_second: number;
  length: number;
  /** 0 (silence) to 100 (loudest). */
  peaks: number[];
}

export interface Segment {
  id: string;
  position: number;
  speaker_id: string | null;
  start_ms: number | null;
  end_ms: number | null;
  word_ids: number[];
  words: string[];
  /** Null where there is no audio. */
  starts_ms: (number | null)[];
  ends_ms: (number | null)[];
}

export interface Transcript {
  id: string;
  source_id: string;
  session_id: string;
  state: 'in_progress' | 'complete';
  engine: string;
  model: string;
  language: string;
  is_draft: boolean;
  notice: string;
  transcribed_ms: number;
  duration_ms: number | null;
  has_audio: boolean;
  segments: Segment[];
}

export interface Tag {
  id: string;
  name: string;
  description: string;
  colour: string;
  parent_id: string | null;
  position: number;
  excerpt_count: number;
  people_count: number;
}

export interface TagRef {
  id: string;
  name: string;
  colour: string;
}

export interface Placing {
  id: string;
  quadrant: QuadrantId;
  aspect: Aspect;
  persona_id: string | null;
  persona_name: string | null;
  emotion: string;
  /** -3 (strongly negative) to 3 (strongly positive). */
  intensity: number | null;
}

export interface NewPlacing {
  quadrant: QuadrantId;
  aspect?: Aspect;
  persona_id?: string | null;
  emotion?: string;
  intensity?: number | null;
}

export interface Excerpt {
  id: string;
  session_id: string;
  session_title: string;
  session_kind: SessionKind;
  study_id: string;
  study_title: string;
  source_id: string;
  transcript_id: string;
  has_audio: boolean;
  first_word_id: number;
  last_word_id: number;
  word_ids: number[];
  text: string;
  start_ms: number | null;
  end_ms: number | null;
  speaker_id: string | null;
  participant: ParticipantRef | null;
  is_key_quote: boolean;
  tags: TagRef[];
  placings: Placing[];
  created_by: { id: string; name: string } | null;
  created_at: string;
  held_on: string | null;
}

export interface NewExcerpt {
  transcript_id: string;
  first_word_id: number;
  last_word_id: number;
  tag_ids?: string[];
  placings?: NewPlacing[];
  is_key_quote?: boolean;
}

export interface ExcerptPage extends Page<Excerpt> {
  /** Distinct participants over the whole list, not only this page. */
  people: number;
}

export interface Persona {
  id: string;
  name: string;
  summary: string;
  picture_url: string | null;
  people_count: number;
  excerpt_count: number;
  insight_count: number;
  newest_at: string | null;
}

export type StorySection =
  | 'age'
  | 'life_stage'
  | 'work'
  | 'why_work'
  | 'admires'
  | 'likes'
  | 'goals'
  | 'worries';

export type Stance = 'for' | 'against';

export interface ClaimEvidence {
  id: string;
  stance: Stance;
  excerpt: Excerpt;
}

export interface Claim {
  id: string;
  section: StorySection;
  text: string;
  is_assumption: boolean;
  evidence: ClaimEvidence[];
}

export interface PersonaDetail extends Persona {
  story: { section: StorySection; claims: Claim[] }[];
  people: ParticipantRef[];
  insights: InsightRow[];
}

export interface Theme {
  /** Null for what has no tag yet. */
  tag_id: string | null;
  name: string;
  colour: string;
  people: number;
  excerpts: number;
  quotes: Excerpt[];
}

export interface MapAspect {
  aspect: Aspect;
  people: number;
  excerpts: number;
  themes: Theme[];
}

export interface MapQuadrant {
  quadrant: QuadrantId;
  people: number;
  excerpts: number;
  aspects: MapAspect[];
}

export interface EmpathyMap {
  persona_id: string;
  people_total: number;
  excerpt_count: number;
  study_count: number;
  newest_at: string | null;
  quadrants: MapQuadrant[];
}

export type InsightStatus = 'aware' | 'acknowledged' | 'acted' | 'advocated';

export interface InsightRow {
  id: string;
  statement: string;
  summary: string;
  status: InsightStatus;
  opportunity: string;
  action_note: string;
  personas: { id: string; name: string; picture_url: string | null }[];
  people_for: number;
  people_against: number;
  excerpts_for: number;
  excerpts_against: number;
  study_count: number;
  newest_at: string | null;
  created_by: { id: string; name: string } | null;
  created_at: string;
  updated_at: string;
}

export interface InsightEvidence {
  id: string;
  stance: Stance;
  note: string;
  excerpt: Excerpt;
}

export interface InsightDetail extends InsightRow {
  evidence: InsightEvidence[];
}

export interface NewInsight {
  statement: string;
  summary?: string;
  status?: InsightStatus;
  opportunity?: string;
  action_note?: string;
  persona_ids?: string[];
  evidence?: { excerpt_id: string; stance: Stance; note?: string }[];
}

export type FacetField =
  | 'quadrant'
  | 'persona'
  | 'study'
  | 'tag'
  | 'session_kind'
  | 'attribute'
  | 'kind';

export interface FacetValue {
  value: string;
  label: string;
  colour: string | null;
  excerpts: number;
  people: number | null;
  is_selected: boolean;
}

export interface Facet {
  field: FacetField;
  values: FacetValue[];
}

export interface SearchHit {
  kind: 'excerpt' | 'insight' | 'persona';
  /** Half-open ranges of code points in the hit's text. */
  highlights: [start: number, end: number][];
  excerpt: Excerpt | null;
  insight: InsightRow | null;
  persona: Persona | null;
}

export interface SearchAnswer {
  total: number;
  excerpts: number;
  people: number;
  people_total: number;
  studies: number;
  took_ms: number;
  facets: Facet[];
  hits: SearchHit[];
}
