/** The quiet ring in the rail: how many jobs are at work, and the list behind it. */

import { Loader, NavLink, Popover } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { formatCount } from '@/lib/text';
import { useUploads } from '../uploads';
import { JobList } from './JobList';
import { useActiveJobs } from './useActiveJobs';

export function JobRing({ className }: { className?: string }) {
  const [isOpen, setIsOpen] = useState(false);
  const jobs = useActiveJobs().data?.results ?? [];
  const sending = useUploads().filter((upload) => upload.state === 'sending');
  const count = jobs.length + sending.length;
  const label = count ? `${formatCount(count, 'job')} at work` : 'Jobs';
  return (
    <Popover
      opened={isOpen}
      onChange={setIsOpen}
      position="right-end"
      width={340}
      shadow="md"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <NavLink
          component="button"
          className={className}
          label={label}
          aria-expanded={isOpen}
          onClick={() => setIsOpen((open) => !open)}
          leftSection={
            count ? (
              <Loader size={18} aria-hidden data-is-news />
            ) : (
              <IconCircleCheck size={20} stroke={1.7} aria-hidden />
            )
          }
        />
      </Popover.Target>
      <Popover.Dropdown aria-label="Jobs">
        <JobList uploads={sending} activeJobs={jobs} onLeave={() => setIsOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}
