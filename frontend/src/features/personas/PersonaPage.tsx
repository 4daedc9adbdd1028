/** A persona: its empathy map, its story, its people and the insights about it. */

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import {
  type EmpathyMap,
  keys,
  type PersonaDetail,
  readEmpathyMap,
  readPersona,
  updatePersona,
} from '@/api';
import { useWorkspace } from '@/app/workspace';
import { EvidenceDrawer, useFreshEvidence } from '@/features/evidence';
import { MemoSection } from '@/features/memos';
import { paths } from '@/lib/paths';
import { EditableText, ErrorNotice, Loading, PageBody, PageHeader } from '@/ui';
import { LinkedInsights } from './LinkedInsights';
import { EmpathyMapView } from './map/EmpathyMapView';
import { type MapScope, nameScope, toExcerptFilters } from './map/mapScope';
import { PeopleOfPersona } from './PeopleOfPersona';
import { PersonaHead } from './PersonaHead';
import { PersonaMenu } from './PersonaMenu';
import classes from './PersonaPage.module.css';
import { StudyFilter } from './StudyFilter';
import { Story } from './story/Story';
import { usePersonaAddress } from './usePersonaAddress';

type Address = ReturnType<typeof usePersonaAddress>;

function Header({ persona, address }: { persona: PersonaDetail; address: Address }) {
  const { id, permissions } = useWorkspace();
  const refresh = useFreshEvidence();
  const save = (field: 'name' | 'summary') => async (text: string) => {
    await updatePersona(id, persona.id, { [field]: text });
    await refresh();
  };
  const isEditable = permissions.may_edit_research;
  return (
    <PageHeader
      title={persona.name}
      titleContent={
        <EditableText
          text={persona.name}
          label="the name"
          isEditable={isEditable}
          isRequired
          maxLength={200}
          onSave={save('name')}
        />
      }
      trail={[{ label: 'Personas', to: paths.personas(id) }]}
      description={
        <EditableText
          text={persona.summary}
          label="the summary"
          invitation="Say in one line who this is"
          isEditable={isEditable}
          maxLength={500}
          onSave={save('summary')}
        />
      }
      action={
        <>
          <StudyFilter studyId={address.studyId} onChange={address.chooseStudy} />
          <PersonaMenu persona={persona} />
        </>
      }
    />
  );
}

function findThemeName(map: EmpathyMap, scope: MapScope): string {
  if (scope.tag === 'all') return '';
  const themes = map.quadrants
    .filter((one) => one.quadrant === scope.quadrant)
    .flatMap((quadrant) => quadrant.aspects.flatMap((aspect) => aspect.themes));
  const theme = themes.find((one) => (one.tag_id ?? 'none') === scope.tag);
  return theme?.tag_id ? theme.name : 'without a tag';
}

function PersonaMap({ persona, address }: { persona: PersonaDetail; address: Address }) {
  const { id } = useWorkspace();
  const { studyId, scope, getScopePath, closeScope } = address;
  const map = useQuery({
    queryKey: keys.empathyMap(id, persona.id, studyId),
    queryFn: () => readEmpathyMap(id, persona.id, studyId ? { study: studyId } : {}),
    placeholderData: keepPreviousData,
  });
  if (map.error && !map.data) {
    return <ErrorNotice error={map.error} onRetry={() => void map.refetch()} />;
  }
  if (!map.data) return <Loading label="Loading the map" rowHeight={180} rows={3} />;
  return (
    <>
      <EmpathyMapView
        map={map.data}
        head={<PersonaHead persona={persona} map={map.data} />}
        getScopePath={getScopePath}
      />
      {scope ? (
        <EvidenceDrawer
          title={nameScope(scope, findThemeName(map.data, scope))}
          filters={toExcerptFilters(scope, persona.id, studyId)}
          peopleTotal={map.data.people_total}
          onClose={closeScope}
        />
      ) : null}
    </>
  );
}

export function PersonaPage() {
  const { id, permissions } = useWorkspace();
  const { personaId = '' } = useParams();
  const address = usePersonaAddress();
  const persona = useQuery({
    queryKey: keys.persona(id, personaId),
    queryFn: () => readPersona(id, personaId),
  });
  if (persona.error && !persona.data) {
    return (
      <PageBody>
        <PageHeader title="Persona" trail={[{ label: 'Personas', to: paths.personas(id) }]} />
        <ErrorNotice error={persona.error} onRetry={() => void persona.refetch()} />
      </PageBody>
    );
  }
  if (!persona.data) {
    return (
      <PageBody>
        <PageHeader title="Persona" trail={[{ label: 'Personas', to: paths.personas(id) }]} />
        <Loading label="Loading the persona" rowHeight={180} rows={3} />
      </PageBody>
    );
  }
  return (
    <PageBody>
      <Header persona={persona.data} address={address} />
      <section aria-labelledby="map" className={classes.map}>
        <h2 id="map" className="only-for-screen-readers">
          Empathy map
        </h2>
        <PersonaMap persona={persona.data} address={address} />
      </section>
      <div className={classes.below}>
        <Story persona={persona.data} isEditable={permissions.may_edit_research} />
        <div className={classes.side}>
          <PeopleOfPersona persona={persona.data} />
          <LinkedInsights persona={persona.data} />
        </div>
      </div>
      <div className={classes.memos}>
        <MemoSection
          subject={{ kind: 'persona', id: persona.data.id }}
          invitation="Who recognises this person? What is still missing? Say it here; @ tells a colleague."
        />
      </div>
    </PageBody>
  );
}
