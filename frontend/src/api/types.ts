/** The shapes the API speaks in, by the names the pages use; generated from its schema. */

import type {
  AspectEnum,
  ClaimInputRequest,
  ConsentEnum,
  ExcerptInputRequest,
  FacetValue,
  FieldEnum,
  InsightInputRequest,
  InsightStatusEnum,
  JobKindEnum,
  JobStateEnum,
  MemoSubjectEnum,
  ParticipantReference,
  PlacingInputRequest,
  QuadrantEnum,
  RoleEnum,
  ScopeEnum,
  Segment,
  SessionInputRequest,
  SessionKindEnum,
  SessionStateEnum,
  SpeakerRoleEnum,
  StanceEnum,
  StorySectionEnum,
  StudyInputRequest,
  TagInputRequest,
  Transcript as TranscriptOnItsWay,
  WorkspaceMembership,
} from './generated';

export type {
  AlsoSearched,
  ApiToken,
  CarrySummary,
  ChangeReference as ChangeRef,
  Claim,
  ClaimEvidence,
  ClaimHit,
  Codebook,
  CodebookImport,
  Comparison,
  ComparisonRow as ComparedRow,
  Digest,
  DigestSettings,
  EmpathyMap,
  Evidence as InsightEvidence,
  Excerpt,
  ExcerptTag as TagRef,
  Facet,
  FacetValue,
  Feed as News,
  FeedSegment as NewsSegment,
  Glossary,
  GlossaryTerm,
  HistoryChange as Change,
  ImportedFile,
  InsightDetail,
  InsightRow,
  Job,
  MapAspect,
  MapQuadrant,
  Match as ReplacementMatch,
  Media,
  Member,
  Memo,
  MemoCounts,
  MemoHit,
  Mention,
  Mentions,
  MergePreview,
  NearDuplicate,
  NewApiToken,
  OpenQuestion,
  PaginatedExcerptList as ExcerptPage,
  Participant,
  Passage,
  Peaks,
  Permissions,
  Persona,
  PersonaDetail,
  Placing,
  PlainMemo,
  ReelAdded,
  ReelDetail,
  ReelItem,
  ReelRow,
  ReplacementInputRequest as ReplacementQuery,
  Review,
  SampleSignIn,
  SavedSearch,
  SavedSearchCount,
  SearchAnswer,
  SearchHit,
  Segment,
  Session,
  SessionDetail,
  SignIn,
  SimilarExcerpt,
  Source,
  Span as ComparedPiece,
  Speaker,
  SpeakerChange as SpeakerChangeAnswer,
  SpeakerShare,
  Storage,
  Study,
  Subject as MemoSubject,
  SynonymGroup,
  Tag,
  TagHit,
  TalkShare,
  Theme,
  TranscriptReference as TranscriptRef,
  TurnedChange,
  Upload,
  User,
  Version as TranscriptVersion,
  Workspace,
} from './generated';

export type Aspect = AspectEnum | '';
export type Consent = ConsentEnum;
export type FacetField = FieldEnum;
export type FacetChoice = FacetValue;
export type InsightStatus = InsightStatusEnum;
export type JobKind = JobKindEnum;
export type JobState = JobStateEnum;
export type MemoSubjectKind = MemoSubjectEnum;
export type NewClaim = ClaimInputRequest;
export type NewExcerpt = ExcerptInputRequest;
export type NewInsight = InsightInputRequest;
export type NewPlacing = PlacingInputRequest;
export type ParticipantRef = ParticipantReference;
export type QuadrantId = QuadrantEnum;
export type Role = RoleEnum;
export type SessionDraft = SessionInputRequest;
export type SessionKind = SessionKindEnum;
export type SessionState = SessionStateEnum;
export type SpeakerRole = SpeakerRoleEnum;
export type SpeakerScope = ScopeEnum;
export type Stance = StanceEnum;
export type StorySection = StorySectionEnum;
export type StudyDraft = StudyInputRequest;
export type TagDraft = TagInputRequest;
export type { TranscriptOnItsWay };
export type WorkspaceRef = WorkspaceMembership;

/** A transcript with its text; `speech` lists each stretch in which somebody speaks. */
export interface Transcript extends Omit<TranscriptOnItsWay, 'segments' | 'speech'> {
  segments: Segment[];
  speech: [startMs: number, endMs: number][];
  /** While only its beginning is there: the position of the last passage of that. */
  known_to?: number;
}

/** A page of a list. */
export interface Page<Row> {
  count: number;
  next: string | null;
  previous: string | null;
  results: Row[];
}
