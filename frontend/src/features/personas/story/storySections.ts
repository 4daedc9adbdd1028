/** The parts of a persona's story, as people read and write them. */

import type { StorySection } from '@/api';

export interface StorySectionText {
  section: StorySection;
  title: string;
  /** Asked where nothing is written yet. */
  question: string;
}

export const STORY_SECTIONS: readonly StorySectionText[] = [
  { section: 'age', title: 'Age', question: 'How old are they, roughly?' },
  { section: 'life_stage', title: 'Life stage', question: 'Where in life do they stand?' },
  { section: 'work', title: 'Work', question: 'What do they do all day?' },
  { section: 'why_work', title: 'Why they work', question: 'What do they do it for?' },
  { section: 'admires', title: 'Whom they admire', question: 'Whom do they look up to?' },
  { section: 'likes', title: 'What they like to do', question: 'What do they enjoy?' },
  { section: 'goals', title: 'Goals', question: 'What do they want to reach?' },
  { section: 'worries', title: 'Worries', question: 'What keeps them awake?' },
];
