/** How evidence is shown and collected; the one feature that other features may import. */

export { AddToInsightDialog } from './AddToInsightDialog';
export { AddToReelDialog, describeReel } from './AddToReelDialog';
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
export { EMPTY_DRAFT, toNewInsight } from './InsightFields';
export { InsightPicker } from './InsightPicker';
export { InsightStatusBadge } from './InsightStatusBadge';
export { getStatusStep, STATUS_STEPS } from './insightStatus';
export { ListenFirst } from './ListenFirst';
export { needsHearing } from './listenFirst';
export { MarkedText } from './MarkedText';
export { NewInsightForm } from './NewInsightForm';
export { PersonaPicker } from './PersonaPicker';
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
