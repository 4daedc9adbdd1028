/** How evidence is shown and collected; the one feature that other features may import. */

export { AddToInsightDialog } from './AddToInsightDialog';
export { AddToReelDialog } from './AddToReelDialog';
export { EvidenceDrawer, EvidenceGroup } from './EvidenceDrawer';
export { EvidenceList } from './EvidenceList';
export { ExcerptCard } from './ExcerptCard';
export { ExcerptPicker } from './ExcerptPicker';
export { ExcerptPlayButton, useTogglePlaying } from './ExcerptPlayButton';
export {
  countPeople,
  getExcerptPath,
  getVoiceName,
  isPlayable,
  listPersonas,
  listPlacements,
  SESSION_KIND_NAMES,
} from './excerptFacts';
export { formatInsightPeople, InsightCard } from './InsightCard';
export { InsightChoice } from './InsightChoice';
export { EMPTY_DRAFT, InsightFields, toNewInsight } from './InsightFields';
export { InsightStatusBadge } from './InsightStatusBadge';
export { getStatusStep, STATUS_STEPS } from './insightStatus';
export { ListenFirst } from './ListenFirst';
export { needsHearing } from './listenFirst';
export { MarkedText } from './MarkedText';
export { PersonaPicker } from './PersonaPicker';
export { describeReel } from './ReelChoice';
export { SelectionBar } from './SelectionBar';
export { FindSimilar, SimilarExcerpts } from './SimilarExcerpts';
export { StanceChoice } from './StanceChoice';
export {
  type ExcerptSelection,
  useExcerptSelection,
  useKeptSelection,
} from './useExcerptSelection';
export { useFreshEvidence } from './useFreshEvidence';
export { usePeopleTotal } from './usePeopleTotal';
