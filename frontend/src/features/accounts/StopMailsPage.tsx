/** Where the link in a digest's mail leads: opening it stops the mails, without signing in. */

import { Button, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useSearchParams } from 'react-router';
import { switchDigestMails } from '@/api';
import { ErrorNotice, Loading } from '@/ui';
import { FrontDoor } from './FrontDoor';

export function StopMailsPage() {
  const [search] = useSearchParams();
  const token = search.get('token') ?? '';
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: (isMailed: boolean) => switchDigestMails(token, isMailed),
  });
  const hasAsked = useRef(false);
  useEffect(() => {
    if (hasAsked.current) return;
    hasAsked.current = true;
    mutate(false);
  }, [mutate]);
  const isOn = data?.is_mailed;
  return (
    <FrontDoor title="Weekly digest" subtitle="Mails about what is new in your searches.">
      {error ? <ErrorNotice title="The mails were not stopped." error={error} /> : null}
      {isPending ? <Loading label="Stopping the mails" rows={1} /> : null}
      {data ? (
        <Stack gap="md" role="status">
          <Text>
            {isOn
              ? 'You get these mails again.'
              : 'You get no more of these mails. Your digest still stands on the search page.'}
          </Text>
          <Button variant="default" onClick={() => mutate(!isOn)}>
            {isOn ? 'Stop them' : 'Send them again'}
          </Button>
        </Stack>
      ) : null}
    </FrontDoor>
  );
}
