/** What the address of a persona page says: the study it is narrowed to, the list that is open. */

import { useLocation, useNavigate, useSearchParams } from 'react-router';
import { type MapScope, readScope, writeScope } from './map/mapScope';

const STUDY_NAME = 'study';
const SCOPE_NAME = 'show';

export function usePersonaAddress() {
  const [address] = useSearchParams();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const toPath = (changes: Record<string, string>) => {
    const next = new URLSearchParams(address);
    for (const [name, value] of Object.entries(changes)) {
      if (value) next.set(name, value);
      else next.delete(name);
    }
    const text = next.toString();
    return text ? `${pathname}?${text}` : pathname;
  };
  return {
    studyId: address.get(STUDY_NAME) ?? '',
    scope: readScope(address.get(SCOPE_NAME)),
    getScopePath: (scope: MapScope) => toPath({ [SCOPE_NAME]: writeScope(scope) }),
    closeScope: () => void navigate(toPath({ [SCOPE_NAME]: '' })),
    chooseStudy: (studyId: string) =>
      void navigate(toPath({ [STUDY_NAME]: studyId, [SCOPE_NAME]: '' })),
  };
}
