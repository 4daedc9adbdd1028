/** Work in progress, as the whole page sees it. */

export { describeJobKind, describeStage, getJobShare, isActive } from './describeJob';
export { JobRing } from './JobRing';
export { useActiveJobs } from './useActiveJobs';
