/** Narrowing a search to what some people said: the first few, or others by their name. */

import { Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { FacetGroup, type FacetGroupProps, SHOWN_COUNT } from './FacetGroup';
import classes from './Facets.module.css';
import { listFacetGroups } from './facetGroups';
import type { SearchState } from './searchState';
import type { LabelFacet } from './useFacetLabels';
import { usePeople } from './usePeople';

interface PeopleChoiceProps extends FacetGroupProps {
  state: SearchState;
  labelValue: LabelFacet;
}

export function PeopleChoice({ state, labelValue, ...props }: PeopleChoiceProps) {
  const [name, setName] = useState('');
  const people = usePeople(state, name);
  const [named] = listFacetGroups(people ? [people] : [], state, labelValue).filter(
    ({ field }) => field === 'participant',
  );
  const group = name.trim() && named ? named : props.group;
  const isNobody = name.trim() !== '' && people?.values.length === 0;
  const hasMany = props.group.values.length > SHOWN_COUNT || name !== '';
  return (
    <FacetGroup {...props} group={group}>
      {hasMany ? (
        <TextInput
          size="xs"
          mb={4}
          aria-label="Find a participant"
          placeholder="Find a participant"
          leftSection={<IconSearch size={14} aria-hidden />}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      ) : null}
      {isNobody ? (
        <Text className={classes.note} role="status">
          Nobody here is called that.
        </Text>
      ) : null}
    </FacetGroup>
  );
}
