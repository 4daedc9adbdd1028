/** The weekly digest: whether it comes by mail, by whose clock, and whether mails go out at all. */

import { Alert, Anchor, Switch, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import { changeDigestSettings, type DigestSettings, keys, readDigestSettings } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { paths } from '@/lib/paths';
import { formatCount } from '@/lib/text';
import { ErrorNotice, notifyFailure, RelativeTime } from '@/ui';
import { Section } from './Section';

interface NextDigestProps {
  settings: DigestSettings;
  onUseZone: (timeZone: string) => void;
}

function NextDigest({ settings, onUseZone }: NextDigestProps) {
  const { id } = useWorkspace();
  const toSearches = (
    <Anchor component={Link} to={paths.search(id)} underline="always">
      search page
    </Anchor>
  );
  if (settings.searches === 0) {
    return (
      <Text size="sm" mt="xs">
        None of your saved searches is in it yet. Put one in by its menu on the {toSearches}.
      </Text>
    );
  }
  const time = new Date(settings.next_at).toLocaleString('en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: settings.time_zone,
  });
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <Text size="sm" mt="xs">
      {formatCount(settings.searches, 'search', 'searches')} of yours{' '}
      {settings.searches === 1 ? 'is' : 'are'} in it. The next one comes on {time} (
      {settings.time_zone.replaceAll('_', ' ')}), if something is new. You read it on the{' '}
      {toSearches}.{' '}
      {here && here !== settings.time_zone ? (
        <Anchor component="button" size="sm" underline="always" onClick={() => onUseZone(here)}>
          Go by my clock here ({here.replaceAll('_', ' ')})
        </Anchor>
      ) : null}
    </Text>
  );
}

/** What only owners can do something about. */
function MailState({ settings }: { settings: DigestSettings }) {
  const { permissions } = useWorkspace();
  const faults = settings.mail_faults;
  if (!settings.can_mail) {
    return (
      <Text size="sm" mt="xs" c="dimmed">
        {permissions.may_manage_members
          ? 'This installation sends no mail: its operator has not set EMAIL_URL. Digests still stand on the search page.'
          : 'This installation sends no mail. Digests still stand on the search page.'}
      </Text>
    );
  }
  if (!faults) return null;
  return (
    <Alert color="red" mt="sm" title="Digests that could not be sent by mail" maw={640}>
      <Text size="sm">
        {formatCount(faults.count, 'digest')}, last tried{' '}
        <RelativeTime time={faults.last_tried_at} />. {faults.message} They stand on the search page
        of their readers, and the mails are tried again for four days.
      </Text>
    </Alert>
  );
}

export function DigestSection() {
  const { id } = useWorkspace();
  const client = useQueryClient();
  const queryKey = keys.digestSettings(id);
  const settings = useQuery({ queryKey, queryFn: () => readDigestSettings(id) });
  const change = useMutation({
    mutationFn: (changes: { is_mailed?: boolean; time_zone?: string }) =>
      changeDigestSettings(id, changes),
    onSuccess: (answer) => client.setQueryData(queryKey, answer),
    onError: (error) => notifyFailure('The setting was not saved.', error),
  });
  return (
    <Section
      id="digests"
      title="Weekly digest"
      description="What is new in your saved searches, on Monday mornings. Mails hold the names of your searches, numbers and a link, never a quote: a mail can’t be taken back, and what somebody said can be."
    >
      {settings.data ? (
        <>
          {settings.data.can_mail ? (
            <Switch
              label="Send me my digest by mail"
              checked={settings.data.is_mailed}
              disabled={change.isPending}
              onChange={(event) => change.mutate({ is_mailed: event.currentTarget.checked })}
            />
          ) : null}
          <NextDigest
            settings={settings.data}
            onUseZone={(timeZone) => change.mutate({ time_zone: timeZone })}
          />
          <MailState settings={settings.data} />
        </>
      ) : null}
      {settings.error && !settings.data ? (
        <ErrorNotice
          title="The digest could not be read."
          error={settings.error}
          onRetry={() => void settings.refetch()}
        />
      ) : null}
    </Section>
  );
}
