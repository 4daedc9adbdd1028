"""Personas, their pictures, claims and maps."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from backend.common.errors import MissingError
from backend.common.identifiers import parse_id
from backend.personas import services as persona_services
from backend.personas.models import Persona
from backend.personas.pictures import (
    CONTENT_TYPES,
    fingerprint_of,
    read_picture,
    refuse_large_body,
)
from backend.personas.serializers import PersonaInputSerializer, PictureInputSerializer
from backend.synthesis import selectors, services
from backend.synthesis.models import Claim
from backend.synthesis.serializers import (
    ClaimChangesSerializer,
    ClaimInputSerializer,
    ClaimSerializer,
    EmpathyMapSerializer,
    PersonaDetailSerializer,
    PersonaSerializer,
)
from backend.tagging.models import Excerpt
from backend.tagging.selectors import live_excerpts
from backend.workspaces.door import WorkspaceView
from backend.workspaces.references import find_rows


class PersonaView(WorkspaceView):
    def find(self, persona_id: UUID) -> Persona:
        return self.get_row(Persona.objects.kept(), persona_id)

    def answer(self, persona: Persona, status: int = 200) -> Response:
        insights = list(selectors.list_insights(self.workspace.id, persona_id=persona.id))
        context = {
            "may_see_names": self.may_see_names,
            "story": selectors.read_story(persona),
            "people": selectors.people_of([persona.id]),
            "insights": selectors.summarise_insights(insights),
        }
        (summarised,) = selectors.summarise_personas([persona])
        return Response(PersonaDetailSerializer(summarised, context=context).data, status)

    def find_excerpts(self, ids: list[UUID]) -> list[Excerpt]:
        return find_rows(
            live_excerpts(self.workspace.id),
            ids,
            workspace_id=self.workspace.id,
            field="excerpt_ids",
        )


class PersonasView(PersonaView, ListAPIView):
    serializer_class = PersonaSerializer

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):
            return Persona.objects.none()
        return selectors.list_personas(self.workspace.id)

    def paginate_queryset(self, queryset: Any) -> Any:
        return selectors.summarise_personas(super().paginate_queryset(queryset) or [])

    @extend_schema(operation_id="personas_list")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.list(request, *args, **kwargs)

    @extend_schema(
        operation_id="personas_create",
        request=PersonaInputSerializer,
        responses={201: PersonaDetailSerializer},
    )
    def post(self, request: Request, workspace_id: UUID) -> Response:
        data = PersonaInputSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        persona = persona_services.create_persona(
            workspace_id=self.workspace.id, **data.validated_data
        )
        return self.answer(persona, 201)


class PersonaDetailView(PersonaView):
    @extend_schema(operation_id="persona_read", responses=PersonaDetailSerializer)
    def get(self, request: Request, workspace_id: UUID, persona_id: UUID) -> Response:
        return self.answer(self.find(persona_id))

    @extend_schema(
        operation_id="persona_update",
        request=PersonaInputSerializer,
        responses=PersonaDetailSerializer,
    )
    def patch(self, request: Request, workspace_id: UUID, persona_id: UUID) -> Response:
        persona = self.find(persona_id)
        data = PersonaInputSerializer(data=request.data, partial=True)
        data.is_valid(raise_exception=True)
        persona_services.update_persona(persona=persona, changes=data.validated_data)
        return self.answer(persona)

    @extend_schema(operation_id="persona_delete", responses={204: None})
    def delete(self, request: Request, workspace_id: UUID, persona_id: UUID) -> Response:
        persona_services.delete_persona(persona=self.find(persona_id))
        return Response(status=204)


class PersonaRestoreView(PersonaView):
    @extend_schema(operation_id="persona_restore", request=None, responses=PersonaDetailSerializer)
    def post(self, request: Request, workspace_id: UUID, persona_id: UUID) -> Response:
        persona = self.get_row(Persona.objects.all(), persona_id)
        return self.answer(persona_services.restore_persona(persona=persona))


class PersonaPictureView(PersonaView):
    parser_classes = [MultiPartParser]

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        # An <img> may accept nothing but images; errors are JSON all the same.
        return super().perform_content_negotiation(request, force=True)

    @extend_schema(
        operation_id="persona_picture", responses={(200, "image/*"): OpenApiTypes.BINARY}
    )
    def get(self, request: Request, workspace_id: UUID, persona_id: UUID) -> HttpResponse:
        path = self.find(persona_id).picture_path
        content = read_picture(path) if path else None
        if content is None:
            raise MissingError("This persona has no picture.")
        suffix = path[path.rfind(".") :]
        etag = f'"{fingerprint_of(path)}"'
        response = HttpResponse(content, content_type=CONTENT_TYPES[suffix])
        response["ETag"] = etag
        # Asked again each time, answered with 304: who may see it can change.
        response["Cache-Control"] = "private, no-cache"
        return get_conditional_response(request, etag=etag, response=response) or response

    @extend_schema(
        operation_id="persona_set_picture",
        request={"multipart/form-data": PictureInputSerializer},
        responses=PersonaDetailSerializer,
    )
    def put(self, request: Request, workspace_id: UUID, persona_id: UUID) -> Response:
        persona = self.find(persona_id)
        refuse_large_body(request.META.get("CONTENT_LENGTH"))
        data = PictureInputSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        persona_services.set_persona_picture(
            persona=persona, picture=data.validated_data["picture"]
        )
        return self.answer(persona)


class PersonaMapView(PersonaView):
    @extend_schema(
        operation_id="persona_map",
        parameters=[OpenApiParameter("study", OpenApiTypes.UUID, description="only this study")],
        responses=EmpathyMapSerializer,
    )
    def get(self, request: Request, workspace_id: UUID, persona_id: UUID) -> Response:
        study = request.query_params.get("study")
        empathy_map = selectors.compute_empathy_map(
            self.find(persona_id), study_id=parse_id(study, name="study") if study else None
        )
        context = {"may_see_names": self.may_see_names}
        return Response(EmpathyMapSerializer(empathy_map, context=context).data)


class PersonaClaimsView(PersonaView):
    @extend_schema(
        operation_id="claims_create",
        request=ClaimInputSerializer,
        responses={201: ClaimSerializer},
    )
    def post(self, request: Request, workspace_id: UUID, persona_id: UUID) -> Response:
        persona = self.find(persona_id)
        data = ClaimInputSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        claim = services.create_claim(
            persona=persona,
            section=data.validated_data["section"],
            text=data.validated_data["text"],
            excerpts=self.find_excerpts(data.validated_data.get("excerpt_ids", [])),
        )
        return answer_claim(self, claim, 201)


class ClaimView(PersonaView):
    def find_claim(self, claim_id: UUID) -> Claim:
        return self.get_row(Claim.objects.filter(persona__deleted_at__isnull=True), claim_id)

    @extend_schema(
        operation_id="claim_update",
        request=ClaimChangesSerializer,
        responses=ClaimSerializer,
    )
    def patch(self, request: Request, workspace_id: UUID, claim_id: UUID) -> Response:
        claim = self.find_claim(claim_id)
        data = ClaimChangesSerializer(data=request.data, partial=True)
        data.is_valid(raise_exception=True)
        ids = data.validated_data.get("excerpt_ids")
        services.update_claim(
            claim=claim,
            text=data.validated_data.get("text"),
            excerpts=None if ids is None else self.find_excerpts(ids),
        )
        return answer_claim(self, claim)

    @extend_schema(operation_id="claim_delete", responses={204: None})
    def delete(self, request: Request, workspace_id: UUID, claim_id: UUID) -> Response:
        services.delete_claim(claim=self.find_claim(claim_id))
        return Response(status=204)


def answer_claim(view: WorkspaceView, claim: Claim, status: int = 200) -> Response:
    """The claim with its evidence."""
    row = selectors.claims_with_evidence().get(id=claim.id)
    context = {"may_see_names": view.may_see_names}
    return Response(ClaimSerializer(row, context=context).data, status)
